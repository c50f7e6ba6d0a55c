# %%
import numpy as np
# %%
rng = np.random.default_rng()
other = np.random.default_rng()
# %%
other.normal(size=3)
# %%
rng.shuffle(np.arange(4))
# %%
x = rng.normal(size=10)
# %%
y = other.normal(size=10)
# %%
loss = float(np.abs(x).mean())
print("loss:", loss)
