# Style: competition. A helper that cross-validates, a list of alphas tried in a loop, nothing seeded.

# %%
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from scipy.stats import skew
# %config InlineBackend.figure_format = 'retina'
# %matplotlib inline

# %%
train = pd.read_csv("data/houses.csv")
train.describe()

# %%
# log transform the target and skewed features
train["SalePrice"] = np.log1p(train["SalePrice"])
all_data = train.drop(columns=["Id", "SalePrice"])
numeric_feats = all_data.select_dtypes("number").columns
skewed_feats = all_data[numeric_feats].apply(lambda x: skew(x.dropna()))
skewed_feats = skewed_feats[skewed_feats > 0.75].index
all_data[skewed_feats] = np.log1p(all_data[skewed_feats])
all_data = pd.get_dummies(all_data)
all_data = all_data.fillna(all_data.mean())

X_train = all_data.astype(float)
y = train.SalePrice

# %% [markdown]
# ## Models
# Now we are going to use regularized linear regression models.

# %%
from sklearn.linear_model import Ridge, LassoCV
from sklearn.model_selection import cross_val_score

def rmse_cv(model):
    rmse = np.sqrt(-cross_val_score(model, X_train, y, scoring="neg_mean_squared_error", cv=5))
    return(rmse)

# %%
alphas = [0.05, 0.1, 0.3, 1, 3, 5, 10, 15, 30, 50, 75]
cv_ridge = [rmse_cv(Ridge(alpha=alpha)).mean() for alpha in alphas]

# %%
cv_ridge = pd.Series(cv_ridge, index=alphas)
cv_ridge.plot(title="Validation - Just Do It")
plt.xlabel("alpha")
plt.ylabel("rmse")

# %%
cv_ridge.min()

# %%
model_lasso = LassoCV(alphas=[1, 0.1, 0.001, 0.0005]).fit(X_train, y)

# %%
rmse_cv(model_lasso).mean()

# %%
coef = pd.Series(model_lasso.coef_, index=X_train.columns)
print("Lasso picked " + str(sum(coef != 0)) + " variables and eliminated the other " + str(sum(coef == 0)) + " variables")
