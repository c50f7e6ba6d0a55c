# Style: library documentation. XGBRegressor with early stopping in the constructor; evals_result afterwards.

# %%
import xgboost as xgb
from sklearn.datasets import load_diabetes
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split
import matplotlib.pyplot as plt

# %%
X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=94)

# %%
reg = xgb.XGBRegressor(n_estimators=80, learning_rate=0.08, max_depth=3, reg_lambda=2.0, early_stopping_rounds=10, eval_metric="mae", tree_method="hist")
reg.fit(X_train, y_train, eval_set=[(X_train, y_train), (X_test, y_test)], verbose=False)

# %%
history = reg.evals_result()
plt.plot(history["validation_0"]["mae"])
plt.plot(history["validation_1"]["mae"])
plt.show()

# %%
mean_absolute_error(y_test, reg.predict(X_test))
