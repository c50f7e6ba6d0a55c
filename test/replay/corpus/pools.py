# %%
import threading, queue, multiprocessing as mp, concurrent.futures as cf
import numpy as np
from joblib import Parallel, delayed
# %%
q = queue.Queue()
results = {}
lock = threading.Lock()
# %%
def worker():
    while True:
        item = q.get()
        if item is None:
            break
        with lock:
            results[item] = item ** 2
        q.task_done()
# %%
pool = [threading.Thread(target=worker, daemon=True) for _ in range(3)]
for thread in pool:
    thread.start()
# %%
for i in range(50):
    q.put(i)
q.join()
# %%
for _ in pool:
    q.put(None)
for thread in pool:
    thread.join()
# %%
def noisy(seed):
    return np.random.default_rng(seed).normal()
values = Parallel(n_jobs=2)(delayed(noisy)(s) for s in range(6))
# %%
def square(x):
    return x * x
with mp.get_context("fork").Pool(2) as p:
    squares = p.map(square, range(10))
# %%
with cf.ThreadPoolExecutor(4) as ex:
    futures = {ex.submit(pow, i, 3): i for i in range(10)}
    cubes = sorted(f.result() for f in cf.as_completed(futures))
# %%
loss = sum(results.values()) + sum(values) + sum(squares) + sum(cubes)
print("loss:", loss)
