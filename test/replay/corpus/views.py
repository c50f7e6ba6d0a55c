# %%
import numpy as np
# %%
a = np.arange(12.0).reshape(3, 4)
# %%
b = np.zeros(3)
# %%
row = a[1]
# %%
row *= 3
# %%
b += 1
# %%
flat = a.ravel()
# %%
flat[0] = 50
# %%
mse = float(a.mean())
print("mse =", mse)
