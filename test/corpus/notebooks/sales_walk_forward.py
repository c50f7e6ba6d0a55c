# Style: personal. Walk-forward validation by year and by TimeSeriesSplit; plain dictionaries of errors, early noise in warnings.

# %%
import logging
import warnings
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, mean_squared_error
from sklearn.model_selection import TimeSeriesSplit

# %%
df = pd.read_csv("data/sales.csv", parse_dates=["date"])
df = df[df.store == 1].set_index("date").sort_index()
for lag in [1, 7, 14]:
    df[f"lag_{lag}"] = df["sales"].shift(lag)
df["dow"] = df.index.dayofweek
df["rolling7"] = df["sales"].shift(1).rolling(7).mean()
df = df.dropna()
FEATURES = [c for c in df.columns if c not in ("sales", "store")]
print(df.shape, "rows from", df.index.min().date(), "to", df.index.max().date())

# %%
def smape(a, b):
    return 100 * np.mean(2 * np.abs(a - b) / (np.abs(a) + np.abs(b)))

# %%
warnings.warn("The sample is small: an error of 5.31 or an accuracy of 0.77 may be due to chance")

# %%
# a naive baseline
naive_mae = mean_absolute_error(df["sales"], df["lag_7"])
print("Naive MAE", naive_mae)

# %%
tscv = TimeSeriesSplit(n_splits=4, test_size=60)
fold_rows = []
for fold, (tr, te) in enumerate(tscv.split(df)):
    train, test = df.iloc[tr], df.iloc[te]
    model = HistGradientBoostingRegressor(max_iter=60, learning_rate=0.08, max_leaf_nodes=15, random_state=0)
    model.fit(train[FEATURES], train["sales"])
    pred = model.predict(test[FEATURES])
    row = {"fold": fold, "mae": mean_absolute_error(test["sales"], pred), "smape": smape(test["sales"].values, pred)}
    fold_rows.append(row)
    print(f"fold {fold}: train={len(train)} test={len(test)} MAE={row['mae']:.3f} sMAPE={row['smape']:.2f}%")

# %%
cv = pd.DataFrame(fold_rows)
print("MAE mean %.3f std %.3f" % (cv.mae.mean(), cv.mae.std()))
cv

# %%
# by quarter: fit on everything before, predict the quarter
errors = {}
ALPHA = 3.0
for q in [2, 3, 4]:
    cut = pd.Timestamp(2017, 3 * q - 2, 1)
    before, after = df[df.index < cut], df[(df.index >= cut) & (df.index < cut + pd.DateOffset(months=3))]
    ridge = Ridge(alpha=ALPHA).fit(before[FEATURES], before["sales"])
    errors[q] = float(np.sqrt(mean_squared_error(after["sales"], ridge.predict(after[FEATURES]))))
errors

# %%
worst = max(errors, key=errors.get)
print(f"worst quarter: Q{worst}, improvement over naive: {(naive_mae - cv.mae.mean()) / naive_mae:.1%}")
