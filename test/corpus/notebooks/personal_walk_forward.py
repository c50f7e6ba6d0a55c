# Style: personal. Walk-forward test of a forecast with timing magics; errors in a Series.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
# %matplotlib inline

# %%
s = pd.read_csv('data/passengers.csv', index_col='Month')['Passengers']
s.index = pd.to_datetime(s.index)
y = np.log(s)

# %%
config = {'lags': 13, 'alpha': 0.01, 'train_min': 72, 'step': 12}

def design(y, lags):
    return pd.concat({f'lag{i}': y.shift(i) for i in range(1, lags + 1)}, axis=1).dropna()

X = design(y, config['lags'])
y = y.loc[X.index]

# %%
# %%time
errors = {}
for start in range(config['train_min'], len(X), config['step']):
    model = Ridge(alpha=config['alpha']).fit(X[:start], y[:start])
    pred = model.predict(X[start:start + config['step']])
    mape = np.mean(np.abs(np.exp(pred) / np.exp(y[start:start + config['step']]) - 1))
    errors[X.index[start].year] = mape
    print(f'{X.index[start]:%Y-%m}  n_train={start:3d}  MAPE={mape:.3%}')

# %%
pd.Series(errors).mean()
