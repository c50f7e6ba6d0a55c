# %%
import numpy as np
weights = np.zeros(3)
step = 0
def remember(x, seen=[]):
    seen.append(x)
    return sum(seen)
# %% train
step += 1
weights = weights + step * remember(step)
# %% train
step += 1
weights = weights + step * remember(step)
# %%
saved = weights.copy()
# %% train
step += 1
weights = weights + step * remember(step)
# %%
accuracy = float(saved.mean())
print("accuracy:", accuracy)
