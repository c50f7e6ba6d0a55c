# %%
import numpy as np, pandas as pd, enum, dataclasses, typing, operator, random
from functools import singledispatchmethod, cached_property, total_ordering
from datetime import datetime, timedelta, date
# %%
class Freq(enum.IntFlag):
    D = 1
    W = 2
    ALL = D | W
@dataclasses.dataclass(frozen=True, slots=True)
class Spec:
    start: date
    n: int = 50
    freq: Freq = Freq.D
    seed: int | None = None
# %%
class Series:
    cache: typing.ClassVar[dict] = {}
    def __init__(self, spec): self.spec = spec
    @cached_property
    def values(self):
        rng = np.random.default_rng(self.spec.seed)
        return np.cumsum(rng.normal(size=self.spec.n))
    @singledispatchmethod
    def __getitem__(self, key): raise TypeError(key)
    @__getitem__.register
    def _(self, key: int): return self.values[key]
    @__getitem__.register
    def _(self, key: str): return self.cache.setdefault((self.spec, key), getattr(self.values, key)())
# %%
s = Series(Spec(date(2024, 1, 1)))
# %%
s["mean"], s[3]
# %%
s2 = Series(dataclasses.replace(s.spec, seed=4))
# %%
s.values[10:20] = 0
# %%
s["std"]
# %%
by = {spec.seed: v for (spec, k), v in Series.cache.items()}
# %%
idx = pd.bdate_range(s.spec.start, periods=s.spec.n)
df = pd.DataFrame({"a": s.values, "b": s2.values}, idx)
df["lag"] = df.a.shift().bfill()
# %%
def scorer(kind, /, *cols, **kw):
    match kind:
        case "mae": return (df[cols[0]] - df[cols[1]]).abs().mean()
        case "rmse" | "mse" as k: return ((df[cols[0]] - df[cols[1]]) ** 2).mean() ** (.5 if k == "rmse" else 1)
        case _: raise ValueError(kind)
# %%
for k in ("mae", "rmse"):
    print(f"{k}: {scorer(k, 'a', 'lag')}")
print("loss:", s["std"] + len(by) + s2["mean"])
