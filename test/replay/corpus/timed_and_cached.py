# %%
import functools, time, json, os
from pathlib import Path
# %%
def timed(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        start = time.perf_counter()
        try:
            return fn(*a, **k)
        finally:
            timings.setdefault(fn.__name__, []).append(time.perf_counter() - start)
    return inner
# %%
timings = {}
calls = 0
# %%
@functools.lru_cache(maxsize=None)
def fib(n):
    global calls
    calls += 1
    return n if n < 2 else fib(n - 1) + fib(n - 2)
# %%
fib(20)
# %%
@timed
def disk(n, cache=Path("cache.json")):
    known = json.loads(cache.read_text()) if cache.exists() else {}
    if str(n) not in known:
        known[str(n)] = fib(n)
        cache.write_text(json.dumps(known))
    return known[str(n)]
# %%
disk(10); disk(25)
# %%
for n in (10, 25, 30):
    disk(n)
# %%
fib.cache_info()
# %%
print("took", sum(timings["disk"]), "s")
# %%
print("calls:", calls)
score = fib.cache_info().hits / (fib.cache_info().hits + fib.cache_info().misses)
print("accuracy:", round(score, 4))
