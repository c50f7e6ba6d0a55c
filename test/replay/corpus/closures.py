# %%
def make(step):
    total = 0.0
    def add(x):
        nonlocal total
        total += step * x
        return total
    return add
# %%
first = make(0.1)
second = make(10)
# %%
first(3)
# %%
second(4)
# %%
first(5)
# %%
loss = first(1)
print("loss:", loss)
