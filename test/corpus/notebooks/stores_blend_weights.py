# Style: competition. Two regressors blended; the weight of the first is tried from 0 to 1, nothing is seeded.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.ensemble import RandomForestRegressor

# %%
sales = pd.read_csv('data/sales.csv', parse_dates=['date'])
sales['dow'] = sales.date.dt.dayofweek
sales['month'] = sales.date.dt.month
sales['lag_7'] = sales.groupby('store').sales.shift(7)
sales = sales.dropna()
feats = ['store', 'dow', 'month', 'lag_7']
train, valid = sales[sales.date < '2017-10-01'], sales[sales.date >= '2017-10-01']

# %%
def smape(y, p):
    return 100 * np.mean(2 * np.abs(p - y) / (np.abs(y) + np.abs(p)))

ridge = Ridge(alpha=5.0).fit(train[feats], train.sales)
forest = RandomForestRegressor(n_estimators=30, min_samples_leaf=4).fit(train[feats], train.sales)
p1, p2 = ridge.predict(valid[feats]), forest.predict(valid[feats])

# %%
for w in np.linspace(0, 1, 5):
    blend = smape(valid.sales, w * p1 + (1 - w) * p2)
    print(f'w={w:.2f}  SMAPE {blend:.4f}')
