# Style: competition. A header and rows with bars, as the libraries of gradient boosting print them, by hand.

# %%
import numpy as np, pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import log_loss, roc_auc_score

# %%
df = pd.read_csv('data/creditcard.csv')
cut = int(len(df) * 0.75)
features = [c for c in df.columns if c != 'Class']
X_tr, y_tr = df.loc[:cut-1, features], df.loc[:cut-1, 'Class']
X_va, y_va = df.loc[cut:, features], df.loc[cut:, 'Class']
print('fraud rate train %.4f valid %.4f' % (y_tr.mean(), y_va.mean()))

# %%
step = 10
n_rounds = 60
clf = GradientBoostingClassifier(n_estimators=step, warm_start=True, learning_rate=0.1, max_depth=2, subsample=0.5)
print('|  round  |  train_loss  |  valid_loss  |  valid_auc  |')
print('-' * 52)
for n in range(step, n_rounds + 1, step):
    clf.set_params(n_estimators=n)
    clf.fit(X_tr, y_tr)
    p_tr, p_va = clf.predict_proba(X_tr)[:, 1], clf.predict_proba(X_va)[:, 1]
    print('| {:7d} | {:12.5f} | {:12.5f} | {:11.5f} |'.format(n, log_loss(y_tr, p_tr), log_loss(y_va, p_va), roc_auc_score(y_va, p_va)))
