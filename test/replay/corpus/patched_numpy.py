# %%
from __future__ import annotations
import numpy as np
np.random.seed(2)
# %%
calls = []
original = np.mean
# %%
def counted(values: Undefined, *more):
    calls.append(1)
    return original(values, *more)
np.mean = counted
# %%
x = np.random.rand(10)
# %%
np.mean([1, 2])
# %%
loss = float(np.mean(x)) + len(calls)
print("loss:", loss)
