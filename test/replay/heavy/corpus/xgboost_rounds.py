# %%
import numpy as np
import xgboost as xgb
# %%
rng = np.random.default_rng(5)
X = rng.normal(size=(120, 5))
# %%
shape = X.shape
# %%
y = (X[:, 0] + 0.3 * rng.normal(size=120) > 0).astype(int)
# %%
model = xgb.XGBClassifier(n_estimators=8, max_depth=2, subsample=0.7)
# %%
unused = xgb.XGBClassifier(n_estimators=99)
# %%
model.fit(X[:90], y[:90], eval_set=[(X[90:], y[90:])], verbose=False)
# %%
model.feature_importances_
# %%
accuracy = model.score(X[90:], y[90:])
print("accuracy:", accuracy)
