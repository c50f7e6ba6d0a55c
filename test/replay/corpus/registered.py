# %%
from abc import ABC
from functools import singledispatch
# %%
@singledispatch
def score(x):
    return 1
@singledispatch
def unused(x):
    return 0
# %%
@score.register
def _(x: int):
    return 10
# %%
@unused.register
def _(x: str):
    return 5
# %%
class Shape(ABC):
    pass
# %%
Shape.register(tuple)
# %%
loss = score(3) + score("a") + isinstance((), Shape)
print("loss:", loss)
