# Style: competition. Two regressors blended by weights, RMSLE per fold with a dash.

# %%
import numpy as np, pandas as pd, gc
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.model_selection import TimeSeriesSplit

# %%
df = pd.read_csv('data/energy.csv', parse_dates=['timestamp'])
df['hour'] = df.timestamp.dt.hour
df['wd'] = df.timestamp.dt.weekday
df['hs'], df['hc'] = np.sin(df.hour / 24 * 6.2832), np.cos(df.hour / 24 * 6.2832)
X, y = df[['hour', 'wd', 'temp', 'hs', 'hc']], df.load_mw
df.load_mw.plot(xlim=(0, 400), ylim=(200, 700))

# %%
N_FOLDS = 4
W = 0.6
rmsle = lambda a, b: np.sqrt(np.mean(np.square(np.log1p(a) - np.log1p(b))))
errs = []
for i, (tr, te) in enumerate(TimeSeriesSplit(N_FOLDS).split(X)):
    hgb = HistGradientBoostingRegressor(max_iter=70, learning_rate=0.06, max_depth=4).fit(X.iloc[tr], y.iloc[tr])
    lin = Ridge(alpha=2.5).fit(X.iloc[tr], y.iloc[tr])
    pred = W * hgb.predict(X.iloc[te]) + (1 - W) * lin.predict(X.iloc[te])
    e = rmsle(y.iloc[te], pred)
    errs.append(e)
    print('Fold %d - RMSLE %.5f' % (i, e))
print('Mean RMSLE: %.5f, std: %.5f' % (np.mean(errs), np.std(errs)))
_ = gc.collect()
