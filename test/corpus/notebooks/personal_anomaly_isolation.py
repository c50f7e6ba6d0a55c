# Style: personal. Isolation forest, a dictionary of results printed as it is.

# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor
from sklearn.metrics import precision_score, recall_score, roc_auc_score

# %%
cc = pd.read_csv('data/creditcard.csv')
y = cc.Class
X = cc.drop(columns='Class')
CONTAMINATION = 0.03

# %%
iso = IsolationForest(n_estimators=80, max_samples=256, contamination=CONTAMINATION)
pred = iso.fit_predict(X.values) == -1
results = {'precision': precision_score(y, pred), 'recall': recall_score(y, pred), 'auc': roc_auc_score(y, -iso.score_samples(X.values))}
print(results)

# %%
lof = LocalOutlierFactor(n_neighbors=35, contamination=CONTAMINATION)
pred_lof = lof.fit_predict(X.values) == -1
print('LOF precision', precision_score(y, pred_lof), 'recall', recall_score(y, pred_lof))
