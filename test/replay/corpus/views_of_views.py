# %%
import numpy as np
# %%
a = np.arange(24.0).reshape(2, 3, 4)
# %%
b = a[1]
c = b[:, ::2]
# %%
copied = b.copy()
# %%
c.T[0] *= 10
# %%
copied[0] = 5
# %%
memory = memoryview(a)
# %%
np.add(c, 1, out=c)
# %%
np.put(a.reshape(-1), [3], 100.0)
# %%
loss = float(a.sum())
print("loss:", loss)
