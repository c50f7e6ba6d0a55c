# %%
import os, re, json, time, random, hashlib, pathlib, itertools as it
import numpy as np, pandas as pd
from pathlib import Path
ROOT = Path().resolve()
CACHE = ROOT / ".cache"
CACHE.mkdir(exist_ok=True)
# %%
def memo(fn):
    def inner(*args):
        key = hashlib.md5(repr((fn.__name__, args)).encode()).hexdigest()
        path = CACHE / f"{key}.json"
        if path.exists():
            return json.loads(path.read_text())
        out = fn(*args)
        path.write_text(json.dumps(out))
        return out
    return inner
# %%
@memo
def expensive(n):
    time.sleep(.01)
    return [random.random() for _ in range(n)]
# %%
a = expensive(5)
# %%
b = expensive(5)
assert a == b
# %%
@memo
def expensive(n):
    return [random.random() * 10 for _ in range(n)]
c = expensive(6)
# %%
os.environ["MODE"] = "eval"
MODE = os.environ.get("MODE")
# %%
class Config(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
cfg = Config(lr=.1, name="x")
cfg.lr = .2
# %%
results = pd.DataFrame(columns=["step", "loss"])
for step, v in enumerate(c):
    results.loc[len(results)] = [step, v * cfg.lr]
# %%
results.tail(2)
# %%
results.to_csv(f"results-{time.strftime('%Y%m%d-%H%M%S')}.csv", index=False)
# %%
latest = max(ROOT.glob("results-*.csv"), key=lambda p: p.stat().st_mtime)
back = pd.read_csv(latest)
# %%
print("loss:", back.loss.sum() + sum(b), MODE)
