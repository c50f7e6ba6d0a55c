# Style: library documentation. A params dictionary, staged deviance in an array, one error printed.

# %% [markdown]
# # Gradient Boosting regression
# This example demonstrates how to build a predictive model from an ensemble of weak ones.

# %%
import matplotlib.pyplot as plt
import numpy as np

from sklearn import datasets, ensemble
from sklearn.inspection import permutation_importance
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split

# %% [markdown]
# ## Load the data

# %%
diabetes = datasets.load_diabetes()
X, y = diabetes.data, diabetes.target

# %% [markdown]
# ## Data preprocessing

# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.1, random_state=13)

params = {
    "n_estimators": 150,
    "max_depth": 4,
    "min_samples_split": 5,
    "learning_rate": 0.03,
    "loss": "squared_error",
}

# %%
reg = ensemble.GradientBoostingRegressor(**params)
reg.fit(X_train, y_train)

mse = mean_squared_error(y_test, reg.predict(X_test))
print("The mean squared error (MSE) on test set: {:.4f}".format(mse))

# %%
test_score = np.zeros((params["n_estimators"],), dtype=np.float64)
for i, y_pred in enumerate(reg.staged_predict(X_test)):
    test_score[i] = mean_squared_error(y_test, y_pred)

fig = plt.figure(figsize=(6, 6))
plt.subplot(1, 1, 1)
plt.title("Deviance")
plt.plot(np.arange(params["n_estimators"]) + 1, reg.train_score_, "b-", label="Training Set Deviance")
plt.plot(np.arange(params["n_estimators"]) + 1, test_score, "r-", label="Test Set Deviance")
plt.legend(loc="upper right")
plt.xlabel("Boosting Iterations")
plt.ylabel("Deviance")
fig.tight_layout()
plt.show()

# %%
result = permutation_importance(reg, X_test, y_test, n_repeats=3, random_state=42, n_jobs=1)
sorted_idx = result.importances_mean.argsort()
diabetes.feature_names[sorted_idx[-1]]
