# Style: competition. A config class, stratified folds, out-of-fold score, a submission.

# %%
import gc
import random, os
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.metrics import roc_auc_score
import warnings
warnings.filterwarnings('ignore')

# %%
class CFG:
    VER = 3
    AUTHOR = 'anon'
    COMPETITION = 'tps-feb'
    DATA_PATH = 'data'
    seed = 42
    n_fold = 4
    target_col = 'target'
    lr = 0.08
    max_iter = 60
    max_leaf_nodes = 15
    l2 = 0.1
    debug = False

# %%
def set_seed(seed=42):
    random.seed(seed)
    np.random.seed(seed)
    os.environ['PYTHONHASHSEED'] = str(seed)

set_seed(CFG.seed)

# %%
train = pd.read_csv(f'{CFG.DATA_PATH}/train.csv')
test = pd.read_csv(f'{CFG.DATA_PATH}/test.csv')
FEATURES = [c for c in train.columns if c.startswith('f')]
print(f'train: {train.shape}, test: {test.shape}, features: {len(FEATURES)}')

# %%
oof = np.zeros(len(train))
preds = np.zeros(len(test))
scores = []
skf = StratifiedKFold(n_splits=CFG.n_fold, shuffle=True, random_state=CFG.seed)
for fold, (trn_idx, val_idx) in enumerate(skf.split(train, train[CFG.target_col])):
    X_tr, y_tr = train.loc[trn_idx, FEATURES], train.loc[trn_idx, CFG.target_col]
    X_va, y_va = train.loc[val_idx, FEATURES], train.loc[val_idx, CFG.target_col]
    model = HistGradientBoostingClassifier(
        learning_rate=CFG.lr, max_iter=CFG.max_iter,
        max_leaf_nodes=CFG.max_leaf_nodes, l2_regularization=CFG.l2,
        random_state=CFG.seed)
    model.fit(X_tr, y_tr)
    oof[val_idx] = model.predict_proba(X_va)[:, 1]
    preds += model.predict_proba(test[FEATURES])[:, 1] / CFG.n_fold
    auc = roc_auc_score(y_va, oof[val_idx])
    scores.append(auc)
    print(f'Fold {fold + 1} AUC: {auc:.5f}')
    del X_tr, X_va; gc.collect()

print(f'CV: {roc_auc_score(train[CFG.target_col], oof):.5f}')

# %%
sub = pd.DataFrame({'id': test['id'], 'target': preds})
sub.to_csv('submission.csv', index=False)
sub.head()
