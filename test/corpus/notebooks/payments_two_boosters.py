# Style: competition. Two boosting libraries over folds, OOF scores and their blend.

# %% [markdown]
# # Fraud detection: LightGBM + XGBoost

# %%
import gc
import warnings
import numpy as np
import pandas as pd
import lightgbm as lgb
import xgboost as xgb
from sklearn.metrics import roc_auc_score, average_precision_score
from sklearn.model_selection import StratifiedKFold
warnings.filterwarnings('ignore')

# %%
df = pd.read_csv('data/creditcard.csv')
print(df.shape)
df['Amount_log'] = np.log1p(df['Amount'])
features = [c for c in df.columns if c not in ('Class', 'Amount')]
X, y = df[features], df['Class']
y.mean()

# %%
NFOLDS = 4
SEED = 2020
lgb_params = dict(
    objective='binary', learning_rate=0.05, num_leaves=15, feature_fraction=0.8,
    bagging_fraction=0.9, bagging_freq=1, min_child_samples=30, seed=SEED, verbosity=-1)
xgb_params = {
    'max_depth': 4, 'eta': 0.1, 'subsample': 0.85, 'colsample_bytree': 0.7,
    'objective': 'binary:logistic', 'eval_metric': 'auc', 'seed': SEED, 'n_jobs': 2}

# %%
skf = StratifiedKFold(n_splits=NFOLDS, shuffle=True, random_state=SEED)
oof_lgb = np.zeros(len(df))
oof_xgb = np.zeros(len(df))
for fold_, (trn_idx, val_idx) in enumerate(skf.split(X, y)):
    X_tr, y_tr = X.iloc[trn_idx], y.iloc[trn_idx]
    X_va, y_va = X.iloc[val_idx], y.iloc[val_idx]
    clf = lgb.LGBMClassifier(n_estimators=120, **lgb_params)
    clf.fit(X_tr, y_tr, eval_set=[(X_va, y_va)], eval_metric='auc',
            callbacks=[lgb.early_stopping(20, verbose=False)])
    oof_lgb[val_idx] = clf.predict_proba(X_va)[:, 1]
    bst = xgb.train(xgb_params, xgb.DMatrix(X_tr, y_tr), num_boost_round=60)
    oof_xgb[val_idx] = bst.predict(xgb.DMatrix(X_va))
    print(f'Fold {fold_ + 1} | LGB AUC: {roc_auc_score(y_va, oof_lgb[val_idx]):.5f} | XGB AUC: {roc_auc_score(y_va, oof_xgb[val_idx]):.5f}')
    gc.collect()

# %%
print('-' * 30)
print('OOF LGB:', roc_auc_score(y, oof_lgb))
print('OOF XGB:', roc_auc_score(y, oof_xgb))
w = 0.6
blend = w * oof_lgb + (1 - w) * oof_xgb
print('Blend AUC = %.5f, AP = %.5f' % (roc_auc_score(y, blend), average_precision_score(y, blend)))

# %%
pd.DataFrame({'id': df.index, 'p': blend}).to_csv('oof_blend.csv', index=False)
