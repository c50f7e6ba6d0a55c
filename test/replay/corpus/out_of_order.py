# %%
import numpy as np
rng = np.random.default_rng(3)
# %%
def model(x, w):
    return x @ w
# %%
w = np.zeros(4)
# %%
w = np.ones(4)
# %%
unused = rng.normal(size=5)
# %%
x = rng.normal(size=(20, 4))
# %%
def model(x, w):
    return (x @ w) * 2
# %%
loss = float(np.mean(model(x, w) ** 2))
print("loss:", loss)
# %%
w = np.full(4, 9.0)
