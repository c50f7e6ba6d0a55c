# %%
import numpy as np, pandas as pd, lightgbm as lgb, xgboost as xgb, warnings
from sklearn.model_selection import cross_val_score, train_test_split
warnings.filterwarnings("ignore")
# %%
rng = np.random.default_rng()
X = pd.DataFrame(rng.normal(size=(200, 5)), columns=list("abcde"))
y = (X.a + X.b * X.c + rng.normal(0, .3, 200) > 0).astype(int)
X["f"] = pd.Categorical(rng.choice(["u", "v"], 200))
# %%
Xa, Xb, ya, yb = train_test_split(X, y, test_size=.3)
# %%
ev = {}
bst = lgb.train({"objective": "binary", "verbose": -1, "num_threads": 2, "bagging_fraction": .7, "bagging_freq": 1}, lgb.Dataset(Xa, ya), 15, valid_sets=[lgb.Dataset(Xb, yb)], callbacks=[lgb.record_evaluation(ev)])
# %%
bst.save_model("lgb.txt")
# %%
import random
best = (0, None)
for trial in range(4):
    params = {"n_estimators": random.randint(3, 10), "max_depth": random.choice([1, 2, 3]), "learning_rate": 10 ** random.uniform(-2, 0)}
    score = cross_val_score(xgb.XGBClassifier(**params, subsample=.8, n_jobs=2), X.drop(columns="f"), y, cv=3).mean()
    if score > best[0]:
        best = score, params
# %%
best
# %%
final = xgb.XGBClassifier(**best[1]).fit(Xa.drop(columns="f"), ya)
# %%
pd.Series(final.feature_importances_, X.columns[:5]).sort_values()
# %%
acc = final.score(Xb.drop(columns="f"), yb)
print(f"accuracy: {acc:.4f} best: {best[0]:.5f} logloss: {ev['valid_0']['binary_logloss'][-1]:.6f}")
