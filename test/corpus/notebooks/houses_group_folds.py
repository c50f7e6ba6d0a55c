# Style: competition. XGBClassifier with early stopping over group folds, feature importances, many prints with emojis.
# %%
import numpy as np
import pandas as pd
from xgboost import XGBRegressor
from sklearn.model_selection import GroupKFold
from sklearn.metrics import mean_squared_error, mean_absolute_error, r2_score
from sklearn.preprocessing import LabelEncoder
# %%
class CFG:
    seed = 7
    n_folds = 3
    target = "SalePrice"
    early_stopping_rounds = 15
    xgb = dict(n_estimators=150, learning_rate=0.08, max_depth=4, subsample=0.8, colsample_bytree=0.8, reg_lambda=2.0)
# %%
train = pd.read_csv("data/houses.csv")
print(f"📦 Loaded {len(train)} rows, {train.shape[1]} columns")
# %%
for c in train.select_dtypes("object").columns:
    train[c] = LabelEncoder().fit_transform(train[c])
train["TotalSF"] = train.GrLivArea + train.TotalBsmtSF
train["Age"] = 2010 - train.YearBuilt
y = np.log1p(train[CFG.target])
X = train.drop(columns=["Id", CFG.target])
# %%
def rmse(a, b):
    return np.sqrt(mean_squared_error(a, b))

def run_fold(fold, tr, va):
    model = XGBRegressor(**CFG.xgb, random_state=CFG.seed, early_stopping_rounds=CFG.early_stopping_rounds, eval_metric="rmse")
    model.fit(X.iloc[tr], y.iloc[tr], eval_set=[(X.iloc[va], y.iloc[va])], verbose=0)
    p = model.predict(X.iloc[va])
    return model, p, {"fold": fold, "rmse": rmse(y.iloc[va], p), "mae": mean_absolute_error(y.iloc[va], p), "best_iter": model.best_iteration}
# %%
oof = np.zeros(len(X))
rows, models = [], []
for fold, (tr, va) in enumerate(GroupKFold(n_splits=CFG.n_folds).split(X, y, groups=train.Neighborhood)):
    m, p, scores = run_fold(fold, tr, va)
    oof[va] = p
    rows.append(scores)
    models.append(m)
    print(f"✅ Fold {fold}: RMSE={scores['rmse']:.5f} | MAE={scores['mae']:.5f} | best_iter={scores['best_iter']}")
cv_df = pd.DataFrame(rows)
cv_df
# %%
cv_df[["rmse", "mae"]].agg(["mean", "std"])
# %%
print("🎯 OOF RMSE:", round(rmse(y, oof), 5), "R2:", round(r2_score(y, oof), 4))
# %%
imp = pd.DataFrame({"feature": X.columns, "gain": np.mean([m.feature_importances_ for m in models], axis=0)}).sort_values("gain", ascending=False)
imp.head(8)
# %%
imp.to_csv("importance.csv", index=False)
models[0].save_model("xgb_fold0.json")
np.save("oof.npy", oof)
