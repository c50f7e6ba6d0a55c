# %%
import time
start = time.time()
# %%
values = [i ** 0.5 for i in range(100)]
# %%
noise = [1]
# %%
elapsed = time.time() - start
print(f"took {elapsed:.2f}s")
# %%
loss = sum(values) / 1000
print("loss:", loss)
