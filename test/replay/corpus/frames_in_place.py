# %%
import numpy as np, pandas as pd, warnings
warnings.simplefilter("ignore")
pd.set_option("display.max_rows", 8)
pd.options.mode.copy_on_write = False if pd.__version__ < "3" else True
# %%
rng = np.random.default_rng(4)
df = pd.DataFrame({
    "when": pd.date_range("2024-01-01", periods=60, freq="D"),
    "shop": rng.choice(list("abc"), 60),
    "sold": rng.poisson(20, 60).astype(float),
})
df.head()
# %%
df.loc[rng.choice(60, 5, replace=False), "sold"] = np.nan
df.isna().sum()
# %%
raw = df
df = df.copy()
# %%
sub = df[df.shop == "a"]
sub["sold"] = 0          # SettingWithCopy: does nothing to df
# %%
df["sold"].fillna(df["sold"].mean(), inplace=True)
df.fillna({"sold": df.sold.mean()}, inplace=True)
# %%
df.rename(columns={"sold": "units"}, inplace=True)
df.sort_values(["shop", "when"], inplace=True, ignore_index=True)
# %%
g = df.groupby("shop")
# %%
df["roll"] = g["units"].transform(lambda s: s.rolling(7, min_periods=1).mean())
df.insert(1, "dow", df.when.dt.dayofweek)
# %%
cols = df.columns
df.columns = [c.upper() for c in cols]
# %%
wide = df.pivot_table(index="WHEN", columns="SHOP", values="UNITS", aggfunc="sum").fillna(0)
wide
# %%
tmp = wide.pop("c")
wide["ab"] = wide.eval("a - b")
wide.drop(columns=["b"], inplace=True)
# %%
del sub, tmp
# %%
mse = ((df.UNITS - df.ROLL) ** 2).mean()
print("mse:", mse)
print("sum of ab:", wide.ab.sum(), raw.sold.isna().sum())
