# %%
import random
import numpy as np
np.random.seed(1)
random.seed(2)
# %%
noise = np.random.rand(50)
# %%
a = np.random.rand(8)
# %%
fun = [random.random() for _ in range(3)]
# %%
b = random.gauss(0, 1)
# %%
loss = float(a.mean() + b)
print("loss:", loss)
