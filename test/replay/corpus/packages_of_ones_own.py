# %%
import os
os.makedirs("lib/inner")
# %%
%%writefile lib/__init__.py
from .inner import base
# %%
%%writefile lib/inner/base.py
weights = {"a": 1}
def use(x):
    return x * weights["a"]
# %%
from lib.inner.base import use
import lib
# %%
lib.inner.base.weights["a"] = 5
# %%
lib.inner.base.weights.update(b=2)
# %%
loss = use(3) + len(lib.inner.base.weights)
print("loss:", loss)
