# %%
import random
import numpy as np
# %%
noise = np.random.rand(50)
# %%
a = np.random.rand(8)
# %%
fun = [random.random() for _ in range(3)]
# %%
random.shuffle(fun)
# %%
b = random.gauss(0, 1)
# %%
more = np.random.permutation(9)
# %%
loss = float(a.mean() + b)
print("loss:", loss)
