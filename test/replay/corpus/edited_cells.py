# %% setup
import numpy as np
np.random.seed(4)
# %% data
x = np.random.rand(40)
# %% model
w = np.zeros(3)
# %% features
X = np.stack([x, x * x, np.ones(40)], axis=1)
# %% model
w = np.full(3, 0.5)
# %% step
w = w - 0.1
# %% step
w = w - 0.1
# %% data
x = np.random.rand(40) * 2
# %% features
X = np.stack([x, x * x * x, np.ones(40)], axis=1)
# %% target
y = np.sin(x)
# %% score
mse = float(((X @ w - y) ** 2).mean())
print("mse:", mse)
