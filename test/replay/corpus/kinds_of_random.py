# %%
import random, secrets, uuid, hashlib
import numpy as np
# %%
ss = np.random.SeedSequence()
children = ss.spawn(3)
streams = [np.random.default_rng(c) for c in children]
# %%
parent = np.random.default_rng()
kids = parent.spawn(2)
# %%
r = random.Random(4)
s = random.Random()
# %%
mt = np.random.Generator(np.random.MT19937(4))
pcg = np.random.Generator(np.random.PCG64DXSM())
old = np.random.RandomState()
# %%
picks = [g.integers(0, 100) for g in streams] + [g.normal() for g in kids]
# %%
r.shuffle(x := list(range(10)))
# %%
y = [mt.random(), pcg.random(), old.rand(), parent.random()]
# %%
state = random.getstate()
first = random.random()
random.setstate(state)
second = random.random()
assert first == second
# %%
saved = np.random.get_state()
z = np.random.randn(3)
np.random.set_state(saved)
z2 = np.random.randn(3)
# %%
choices = random.choices("abcd", weights=[1, 2, 3, 4], k=5)
token = hashlib.sha256(repr(choices).encode()).hexdigest()
# %%
loss = float(sum(picks) + sum(x[:3]) + sum(y) + z.sum() - z2.sum() + first) + int(token[:4], 16)
print("loss:", loss)
