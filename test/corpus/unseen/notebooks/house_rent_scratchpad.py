# Style: personal. A scratchpad; short names; assertions; a frame of coefficients; saves with pickle.

# %%
import pickle, pandas as pd, numpy as np
from sklearn.linear_model import HuberRegressor
from sklearn.preprocessing import SplineTransformer, StandardScaler
from sklearn.pipeline import make_pipeline
df = pd.read_csv('data/houses.csv', usecols=['OverallQual', 'YearBuilt', 'GrLivArea', 'TotalBsmtSF', 'SalePrice'])
df.sample(3)

# %%
eps = 1.35
knots = 6
p = make_pipeline(StandardScaler(), SplineTransformer(n_knots=knots, degree=3), HuberRegressor(epsilon=eps, alpha=0.1, max_iter=500))
msk = np.random.rand(len(df)) < 0.8
a, b = df[msk], df[~msk]
p.fit(a.drop(columns='SalePrice'), np.log(a.SalePrice))

# %%
e = p.predict(b.drop(columns='SalePrice')) - np.log(b.SalePrice)
assert len(e) == (~msk).sum()
dict(rmse=float((e ** 2).mean() ** 0.5), mae=float(e.abs().mean()), n=len(e))

# %%
with open('rent.pkl', 'wb') as fh:
    pickle.dump(p, fh)
