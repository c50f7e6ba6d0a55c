# Style: competition. Lag features, a split by date, an own error function. Numbers printed with commas.

# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

pd.options.display.max_columns = 50

# %%
df = pd.read_csv('data/sales.csv', parse_dates=['date'])
df.tail(3)

# %%
LAGS = [7, 14, 28]
HORIZON = 60
START = '2016-03-01'

def make_features(df):
    df = df.sort_values(['store', 'date']).copy()
    for lag in LAGS:
        df[f'lag_{lag}'] = df.groupby('store')['sales'].shift(lag)
    df['rolling'] = df.groupby('store')['sales'].transform(lambda s: s.shift(7).rolling(window=14).mean())
    df['dow'] = df.date.dt.dayofweek
    df['month'] = df.date.dt.month
    return df.dropna()

data = make_features(df)
data = data[data.date >= START]
cutoff = data.date.max() - pd.Timedelta(days=HORIZON)
print("train until", cutoff.date(), "| rows", len(data))

# %%
def rmsle(y, p):
    return np.sqrt(np.mean((np.log1p(p) - np.log1p(y)) ** 2))

def smape(y, p):
    return 100 * np.mean(2 * np.abs(p - y) / (np.abs(p) + np.abs(y)))

# %%
tr, va = data[data.date <= cutoff], data[data.date > cutoff]
cols = [c for c in data.columns if c not in ('date', 'sales')]

model = HistGradientBoostingRegressor(loss='poisson', max_iter=80, learning_rate=0.1, min_samples_leaf=30)
# %time model.fit(tr[cols], np.clip(tr['sales'], 0, None))
pred = np.clip(model.predict(va[cols]), 0, None)

# %%
print("RMSLE:", rmsle(va['sales'], pred), ", SMAPE:", smape(va['sales'], pred))
naive = va['lag_7']
print("naive RMSLE:", rmsle(va['sales'], naive))

# %%
va.assign(pred=pred)[['date', 'store', 'pred']].to_csv('forecast.csv', index=False)
# !ls -la *.csv
