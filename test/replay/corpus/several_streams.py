# %%
import numpy as np, random
# %%
legacy = np.random.RandomState(5)
rng = np.random.default_rng(6)
random.seed(7)
np.random.seed(8)
# %%
a = legacy.rand(20)
# %%
children = rng.spawn(2)
# %%
b = children[1].normal(size=20) + np.random.rand(20)
# %%
order = random.sample(range(20), 20)
# %%
np.random.shuffle(b)
# %%
mse = float(((a - b[order]) ** 2).mean()) + random.random()
print("mse:", mse)
