# Style: competition. Gini and KS printed by own functions, a config dictionary, a submission.

# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.metrics import roc_auc_score, roc_curve
from sklearn.model_selection import train_test_split

# %%
config = dict(valid_size=0.25, n_trees=60, depth=7, min_leaf=10, seed=314)
df = pd.read_csv("data/train.csv")
print("Dataset:", df.shape)

# %%
tr, va = train_test_split(df, test_size=config["valid_size"], random_state=config["seed"], stratify=df.target)
cols = df.filter(regex="^f").columns
model = ExtraTreesClassifier(n_estimators=config["n_trees"], max_depth=config["depth"], min_samples_leaf=config["min_leaf"],
                             random_state=config["seed"], n_jobs=1)
model.fit(tr[cols], tr.target)
p = model.predict_proba(va[cols])[:, 1]

# %%
def gini(y, p):
    return 2 * roc_auc_score(y, p) - 1

def ks(y, p):
    fpr, tpr, _ = roc_curve(y, p)
    return max(tpr - fpr)

print("GINI = {:.2f}%   KS = {:.2f}%".format(100 * gini(va.target, p), 100 * ks(va.target, p)))

# %%
best_thr, best_f = 0, 0
for thr in np.arange(0.2, 0.8, 0.05):
    acc = ((p > thr) == va.target).mean()
    if acc > best_f:
        best_f, best_thr = acc, thr
print("threshold", round(best_thr, 2), "accuracy", round(best_f, 4))
