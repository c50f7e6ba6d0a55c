# %%
import os, pickle, sqlite3
from pathlib import Path
import numpy as np
# %%
os.makedirs("cache")
HERE = Path.cwd()
a = np.random.default_rng(3).normal(size=(50, 3))
np.save("cache/a.npy", a)
# %%
with open(HERE / "cache" / "m.pkl", "wb") as file:
    pickle.dump({"mean": a.mean(0)}, file)
# %%
database = sqlite3.connect("cache/t.db")
database.execute("create table t (x real)")
database.executemany("insert into t values (?)", [(float(v),) for v in a[:, 0]])
database.commit()
# %%
mean = database.execute("select avg(x) from t").fetchone()[0]
# %%
Path("cache/m.pkl").rename("cache/n.pkl")
# %%
os.remove("cache/a.npy")
# %%
count = len(os.listdir("cache"))
# %%
with open("cache/n.pkl", "rb") as file:
    kept = pickle.load(file)
# %%
loss = float(((a - kept["mean"]) ** 2).mean()) + mean + count
print("loss:", loss)
