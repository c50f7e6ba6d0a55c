# Style: personal. Load forecast with lags and TimeSeriesSplit; a table of folds.

# %%
import pandas as pd
import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, mean_squared_error
from sklearn.model_selection import TimeSeriesSplit

# %%
df = pd.read_csv('data/energy.csv', parse_dates=['timestamp']).set_index('timestamp')
LAGS = [1, 24, 48]
ROLL = 6
for lag in LAGS:
    df[f'lag_{lag}'] = df['load_mw'].shift(lag)
df['roll'] = df['load_mw'].shift(1).rolling(ROLL).mean()
df['hour'] = df.index.hour
df = df.dropna()
X, y = df.drop(columns='load_mw'), df['load_mw']

# %%
tscv = TimeSeriesSplit(n_splits=4, test_size=168, gap=24)
rows = []
for i, (tr, te) in enumerate(tscv.split(X)):
    rf = RandomForestRegressor(n_estimators=30, min_samples_leaf=3, random_state=0, n_jobs=1)
    rf.fit(X.iloc[tr], y.iloc[tr])
    lin = Ridge(alpha=1.0).fit(X.iloc[tr], y.iloc[tr])
    p_rf, p_lin = rf.predict(X.iloc[te]), lin.predict(X.iloc[te])
    rows.append({
        'fold': i,
        'rf_mae': mean_absolute_error(y.iloc[te], p_rf),
        'rf_rmse': mean_squared_error(y.iloc[te], p_rf) ** 0.5,
        'ridge_mae': mean_absolute_error(y.iloc[te], p_lin),
        'ridge_rmse': mean_squared_error(y.iloc[te], p_lin) ** 0.5,
    })
res = pd.DataFrame(rows).set_index('fold')
res

# %%
print(res.mean().round(2))
