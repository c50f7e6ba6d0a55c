# Style: personal. Sloppy names, bare numbers, dead ends; trained twice with other settings.

# %%
import pandas as pd, numpy as np
import matplotlib.pyplot as plt
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Ridge
import datetime
print(datetime.datetime.now(), pd.__version__)

# %%
# !head -3 data/energy.csv
d = pd.read_csv('data/energy.csv', parse_dates=['timestamp'], index_col='timestamp')
d['h'] = d.index.hour
d['dow'] = d.index.dayofweek
d['y24'] = d.load_mw.shift(24)
d = d.dropna()
len(d)

# %%
n = 24 * 10
a, b = d[:-n], d[-n:]
f = ['temp', 'h', 'dow', 'y24']

# %%
m = Ridge(alpha=3)
m.fit(a[f], a.load_mw)
p = m.predict(b[f])
mape = np.abs(p / b.load_mw - 1).mean() * 100
print(mape)

# %%
m2 = RandomForestRegressor(n_estimators=30, max_depth=8, min_samples_leaf=3)
m2.fit(a[f], a.load_mw)
p2 = m2.predict(b[f])
mape2 = np.abs(p2 / b.load_mw - 1).mean() * 100
print(mape2, 'vs', mape)

# %%
fig, ax = plt.subplots(figsize=(10, 3))
ax.plot(b.index, b.load_mw, label='true')
ax.plot(b.index, p2, label='rf')
ax.set_ylim(200, 600)
ax.legend()
fig.savefig('last_days.png')

# %%
# residuals look ok
r = b.load_mw - p2
print('bias', r.mean(), 'std', r.std())
