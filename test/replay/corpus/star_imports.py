# %%
from math import *
from os.path import *
import numpy as np, numpy
from numpy import array as arr
# %%
%%writefile consts.py
__all__ = ["A", "B", "scale"]
A = 3
B = [1, 2]
_hidden = 5
def scale(v): return v * A + _hidden
# %%
from consts import *
# %%
B.append(3)
# %%
import consts
consts.A = 10
after = scale(2)
# %%
A += 1
# %%
x = y = arr([1., 2, 3])
y *= sqrt(4)
# %%
(first, *_), last = (x, 1)
# %%
data = {"x": x}
data["x"][0] = pi
# %%
def f(v, acc=[]):
    acc.append(v); return len(acc)
f(1); f(2)
# %%
f(3)
# %%
n = f(4)
# %%
a, b = 1, 2
a, b = b, a
if (k := a + b) > 2:
    z = k
# %%
for i in range(3): pass
# %%
loss = A + len(B) + after + x.sum() + n + z + i + len(basename("a/b.txt")) + consts.B[-1] + a
print("loss:", loss)
