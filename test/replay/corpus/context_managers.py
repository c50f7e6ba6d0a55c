# %%
import itertools, contextlib, operator, functools
from collections import deque, defaultdict, ChainMap, OrderedDict
# %%
def numbers():
    n = 0
    while True:
        got = yield n
        n = got if got is not None else n + 1
gen = numbers()
# %%
start = [next(gen) for _ in range(3)]
# %%
gen.send(100)
# %%
pairs = itertools.pairwise(gen)
a, b = itertools.tee(itertools.islice(gen, 6))
# %%
first = next(a), next(a)
# %%
@contextlib.contextmanager
def scope(name):
    stack.append(name)
    yield stack
    stack.pop()
stack = deque(maxlen=5)
# %%
manager = scope("outer")
manager.__enter__()
# %%
with scope("inner") as depth:
    deep = len(depth)
# %%
manager.__exit__(None, None, None)
# %%
it = iter(sorted({"b": 2, "a": 1}.items()))
for key, value in it:
    break
# %%
rest = dict(it)
# %%
base = {"lr": 1, "momentum": 2}
over = ChainMap({}, base)
over["lr"] = 5
base["momentum"] = 7
# %%
dd = defaultdict(lambda: next(counter))
counter = itertools.count(10)
dd["x"], dd["y"], dd["x"]
# %%
add = functools.partial(operator.add, 3)
compose = lambda *fs: functools.reduce(lambda f, g: lambda x: f(g(x)), fs)
# %%
loss = compose(add, abs)(-4) + sum(b) + deep + len(stack) + rest["b"] + over["momentum"] + dd["y"] + first[1]
print("loss:", loss)
