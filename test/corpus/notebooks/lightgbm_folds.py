# Style: competition. params dictionary, folds with early stopping callbacks, importance at the end.

# %%
import numpy as np
import pandas as pd
import lightgbm as lgb
from sklearn.model_selection import StratifiedKFold
from sklearn.metrics import log_loss
import matplotlib.pyplot as plt
import warnings
warnings.simplefilter('ignore')

# %%
train = pd.read_csv('data/churn.csv')
target = train.pop('Churn').eq('Yes').astype(int)
train = train.drop('customerID', axis=1)
for c in ['gender', 'Contract', 'PaymentMethod']:
    train[c] = train[c].astype('category')

# %%
params = {
    'objective': 'binary',
    'metric': 'binary_logloss',
    'boosting_type': 'gbdt',
    'learning_rate': 0.05,
    'num_leaves': 15,
    'feature_fraction': 0.8,
    'bagging_fraction': 0.8,
    'bagging_freq': 1,
    'lambda_l2': 1.0,
    'min_data_in_leaf': 20,
    'verbosity': -1,
    'num_threads': 2,
}
NFOLDS = 3
folds = StratifiedKFold(n_splits=NFOLDS)
oof = np.zeros(len(train))
feature_importance = pd.DataFrame()

# %%
for fold_n, (train_index, valid_index) in enumerate(folds.split(train, target)):
    dtrain = lgb.Dataset(train.iloc[train_index], target.iloc[train_index])
    dvalid = lgb.Dataset(train.iloc[valid_index], target.iloc[valid_index])
    clf = lgb.train(params, dtrain, num_boost_round=100, valid_sets=[dvalid],
                    callbacks=[lgb.early_stopping(stopping_rounds=20, verbose=False), lgb.log_evaluation(25)])
    oof[valid_index] = clf.predict(train.iloc[valid_index])
    print(f"Fold {fold_n} | logloss: {log_loss(target.iloc[valid_index], oof[valid_index]):.5f} | best iteration: {clf.best_iteration}")
    feature_importance[f'fold_{fold_n}'] = clf.feature_importance()

print('CV logloss', log_loss(target, oof))

# %%
feature_importance.index = train.columns
feature_importance.mean(axis=1).sort_values().plot(kind='barh')
plt.title('LightGBM Features (avg over folds)')
plt.savefig('lgbm_importances.png')
