# %%
import pandas as pd
# %%
import numpy as np
rng = np.random.default_rng(12)
df = pd.DataFrame({"x": rng.permutation(40), "g": list("ab") * 20})
# %%
df.head()
# %%
df.describe()
# %%
df["z"] = df.x ** 2
# %%
other = df.copy()
other["w"] = 1
# %%
df.loc[df.g == "a", "z"] = 0
# %%
means = df.groupby("g").z.mean()
# %%
means.plot
# %%
rmse = float(means["b"])
print("rmse:", rmse)
