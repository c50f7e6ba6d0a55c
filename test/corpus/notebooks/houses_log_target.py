# Style: competition. The logarithm of the price, boosted; both errors in one line, nothing is seeded.

# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split

# %%
df = pd.read_csv('data/houses.csv', index_col='Id')
y = np.log1p(df.pop('SalePrice'))
X = pd.get_dummies(df)
X_train, X_valid, y_train, y_valid = train_test_split(X, y, test_size=0.25)

# %%
model = HistGradientBoostingRegressor(learning_rate=0.08, max_iter=120, max_leaf_nodes=15, l2_regularization=1.0)
model.fit(X_train, y_train)

# %%
def rmsle(a, b):
    return np.sqrt(mean_squared_error(a, b))

tr = rmsle(y_train, model.predict(X_train))
va = rmsle(y_valid, model.predict(X_valid))
print(f'RMSLE train/valid: {tr:.4f} / {va:.4f}')

# %%
errors = np.expm1(y_valid) - np.expm1(model.predict(X_valid))
print('Mean absolute error: $%.0f' % errors.abs().mean())
