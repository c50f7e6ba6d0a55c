# %%
import numpy as np, abc, functools, collections.abc as cabc
# %%
class Layer(abc.ABC):
    instances = []
    def __new__(cls, *a, **k):
        self = super().__new__(cls)
        cls.instances.append(self)
        return self
    @abc.abstractmethod
    def forward(self, x): ...
    def __matmul__(self, other): return Chain(self, other)
# %%
class Chain(Layer):
    def __init__(self, *ls): self.ls = ls
    def forward(self, x):
        return functools.reduce(lambda v, l: l.forward(v), self.ls, x)
# %%
class Dense(Layer):
    def __init__(self, i, o):
        self.w = np.random.randn(i, o)
        self.b = np.zeros(o)
    def forward(self, x):
        return x @ self.w + self.b
class Relu(Layer):
    def forward(self, x): return np.maximum(x, 0)
# %%
model = Dense(3, 4) @ Relu() @ Dense(4, 1)
# %%
# fix: add a method to the class that exists
def params(self):
    for l in Layer.instances:
        if hasattr(l, "w"):
            yield l.w
Layer.params = params
# %%
x = np.random.randn(10, 3)
before = model.forward(x).sum()
# %% redefine
class Relu(Layer):
    slope = .01
    def forward(self, x): return np.where(x > 0, x, self.slope * x)
# %%
for l in Layer.instances:
    if type(l).__name__ == "Relu":
        l.__class__ = Relu
# %%
for w in model.params():
    w *= 2
# %%
Relu.slope = .5
after = model.forward(x).sum()
# %%
type(model).__mro__
# %%
print(f"before {before:.6f} after {after:.6f} loss: {abs(before - after):.6f}")
