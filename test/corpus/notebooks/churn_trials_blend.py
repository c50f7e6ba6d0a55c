# Style: competition. Feature engineering in pandas, own random search with trials in a list of dicts, final blend.
# %%
import os, gc, random, time, warnings
import numpy as np, pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.model_selection import train_test_split, StratifiedKFold, cross_val_score
from sklearn.metrics import roc_auc_score, f1_score, log_loss, classification_report, confusion_matrix
from sklearn.ensemble import HistGradientBoostingClassifier, ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
warnings.filterwarnings("ignore")
SEED = 1337
TARGET = "Churn"
def seed_everything(seed):
    random.seed(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
    np.random.seed(seed)
seed_everything(SEED)
# %%
df = pd.read_csv("data/churn.csv")
print(df.shape)
df.head()
# %%
df.isna().sum()
# %%
df[TARGET] = (df[TARGET] == "Yes").astype(int) if df[TARGET].dtype == object else df[TARGET]
num_cols = df.drop(columns=[TARGET]).select_dtypes("number").columns.tolist()
cat_cols = [c for c in df.columns if c not in num_cols + [TARGET] and df[c].nunique() < 20]
X, y = df[num_cols + cat_cols], df[TARGET]
X_train, X_hold, y_train, y_hold = train_test_split(X, y, test_size=0.25, stratify=y, random_state=SEED)
print("train:", X_train.shape, "holdout:", X_hold.shape, f"positive rate {y.mean():.3f}")
# %%
prep = ColumnTransformer([
    ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), num_cols),
    ("cat", OneHotEncoder(handle_unknown="ignore", min_frequency=10), cat_cols),
])
cv = StratifiedKFold(n_splits=4, shuffle=True, random_state=SEED)
# %%
N_TRIALS = 5
rng = np.random.RandomState(SEED)
trials = []
best_auc, best_params = 0, None
for t in range(N_TRIALS):
    p = {
        "n_estimators": int(rng.choice([20, 40, 60])),
        "max_depth": int(rng.randint(3, 9)),
        "min_samples_leaf": int(rng.randint(1, 10)),
    }
    pipe = Pipeline([("prep", prep), ("clf", ExtraTreesClassifier(random_state=SEED, n_jobs=1, **p))])
    auc = cross_val_score(pipe, X_train, y_train, cv=cv, scoring="roc_auc").mean()
    trials.append({**p, "auc": auc})
    if auc > best_auc:
        best_auc, best_params = auc, p
    print(f"[trial {t}] auc={auc:.5f} best={best_auc:.5f} params={p}")
pd.DataFrame(trials).sort_values("auc", ascending=False)
# %%
et = Pipeline([("prep", prep), ("clf", ExtraTreesClassifier(random_state=SEED, **best_params))]).fit(X_train, y_train)
lr = Pipeline([("prep", prep), ("clf", LogisticRegression(C=0.3, max_iter=500))]).fit(X_train, y_train)
p_et = et.predict_proba(X_hold)[:, 1]
p_lr = lr.predict_proba(X_hold)[:, 1]
print("ET   holdout AUC: %.4f  logloss: %.4f" % (roc_auc_score(y_hold, p_et), log_loss(y_hold, p_et)))
print("LR   holdout AUC: %.4f  logloss: %.4f" % (roc_auc_score(y_hold, p_lr), log_loss(y_hold, p_lr)))
# %%
best_w, best = None, -1
for w in np.arange(0, 1.01, 0.25):
    s = roc_auc_score(y_hold, w * p_et + (1 - w) * p_lr)
    if s > best:
        best, best_w = s, w
print(f"best blend weight {best_w:.2f} -> AUC {best:.4f}")
# %%
final = best_w * p_et + (1 - best_w) * p_lr
threshold = 0.4
pred = (final > threshold).astype(int)
print(classification_report(y_hold, pred))
print("F1 @ threshold:", f1_score(y_hold, pred))
cm = confusion_matrix(y_hold, pred)
cm
