# %%
import random, math, time, os, json, statistics
from multiprocessing import Pool
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import numpy as np
N = 2000
# %%
def inside(n):
    return sum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(n))
# %%
%timeit -n 1 -r 1 inside(100)
# %%
hits = inside(N)
pi = 4 * hits / N
# %%
runs = []
for k in range(3):
    runs.append(4 * inside(N) / N)
    if k == 1:
        continue
# %%
np.random.seed(None)
arr = np.random.rand(N, 2)
rng = np.random.default_rng(np.random.randint(1 << 30))
# %%
sub = rng.choice(arr, 100, axis=0, shuffle=False)
# %%
r = random.SystemRandom
r2 = random.Random(pi)
bits = r2.getrandbits(16)
# %%
seeds = [random.getrandbits(32) for _ in range(2)]
kids = [np.random.default_rng([s, 7]) for s in seeds]
z = sum(k.standard_t(3) for k in kids)
# %%
walk = lambda n, rng=random: sum(rng.gauss(0, 1) for _ in range(n))
w = walk(10), walk(10, r2)
# %%
old = np.random.get_state()[1][:3].tolist()
np.random.default_rng().bit_generator.state["state"]
# %%
mse = (pi - math.pi) ** 2 + statistics.pvariance(runs)
print("mse:", mse)
print("loss:", sub.sum() + bits + z + sum(w))
