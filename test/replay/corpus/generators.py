# %%
import random
random.seed(14)
def batches(n):
    for i in range(n):
        yield [i, i * random.random()]
# %%
stream = batches(5)
idle = batches(2)
# %%
next(stream)
# %%
next(idle)
# %%
x = next(stream)
# %%
loss = float(sum(x)) / 10
print("loss:", loss)
