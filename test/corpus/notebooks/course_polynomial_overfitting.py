# Style: course. Degrees in a loop; errors are printed bare, then as a table.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

# %%
np.random.seed(0)
n_points = 60
noise = 0.25
x = np.sort(np.random.rand(n_points))
y = np.sin(2 * np.pi * x) + noise * np.random.randn(n_points)
x_train, y_train, x_val, y_val = x[::2, None], y[::2], x[1::2, None], y[1::2]

# %%
def rmse(y, p):
    return np.sqrt(mean_squared_error(y, p))

errors = {'degree': [], 'train_rmse': [], 'val_rmse': []}
for d in [1, 2, 3, 5, 9, 15]:
    model = make_pipeline(PolynomialFeatures(d), LinearRegression())
    model.fit(x_train, y_train)
    train_rmse = rmse(y_train, model.predict(x_train))
    val_rmse = rmse(y_val, model.predict(x_val))
    errors['degree'].append(d)
    errors['train_rmse'].append(train_rmse)
    errors['val_rmse'].append(val_rmse)
    print(train_rmse, val_rmse)

# %%
pd.DataFrame(errors)

# %% [markdown]
# Now with regularization.

# %%
lam = 1e-3
ridge = make_pipeline(PolynomialFeatures(degree=15), StandardScaler(), Ridge(alpha=lam))
ridge.fit(x_train, y_train)
print("train_rmse\t%.4f\nval_rmse\t%.4f" % (rmse(y_train, ridge.predict(x_train)), rmse(y_val, ridge.predict(x_val))))
