# Style: competition. CatBoost with Pools and categories over folds, a table printed with bars, a stacker on top.
# %%
import numpy as np, pandas as pd
from catboost import CatBoostClassifier, Pool
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, accuracy_score
# %%
train = pd.read_csv("data/titanic.csv")
train["Title"] = train.Name.str.extract(r", (\w+)\.")
train["Family"] = train.SibSp + train.Parch + 1
cat = ["Sex", "Embarked", "Title", "Pclass"]
train[cat] = train[cat].astype(str).fillna("NA")
feats = cat + ["Age", "Fare", "Family"]
# %%
N_SPLITS = 4
params = {"iterations": 60, "learning_rate": 0.1, "depth": 4, "l2_leaf_reg": 5, "loss_function": "Logloss", "eval_metric": "AUC", "random_seed": 2, "verbose": False, "allow_writing_files": False}
kf = StratifiedKFold(N_SPLITS, shuffle=True, random_state=2)
oof = np.zeros(len(train)); rows = []
print("| fold | auc    | acc    | trees |")
print("|------|--------|--------|-------|")
for f, (a, b) in enumerate(kf.split(train, train.Survived), 1):
    m = CatBoostClassifier(**params)
    m.fit(Pool(train.loc[a, feats], train.Survived[a], cat_features=cat), eval_set=Pool(train.loc[b, feats], train.Survived[b], cat_features=cat), early_stopping_rounds=20)
    oof[b] = m.predict_proba(train.loc[b, feats])[:, 1]
    auc, acc = roc_auc_score(train.Survived[b], oof[b]), accuracy_score(train.Survived[b], oof[b] > .5)
    rows.append((f, auc, acc, m.tree_count_))
    print(f"| {f:>4} | {auc:.4f} | {acc:.4f} | {m.tree_count_:>5} |")
print(f"| mean | {np.mean([r[1] for r in rows]):.4f} | {np.mean([r[2] for r in rows]):.4f} |")
# %%
print("OOF AUC =", roc_auc_score(train.Survived, oof))
# %%
meta = cross_val_predict(LogisticRegression(C=2.0), np.c_[oof, train.Fare.fillna(0)], train.Survived, cv=3, method="predict_proba")[:, 1]
print("Stacked AUC = {:.4f}".format(roc_auc_score(train.Survived, meta)))
