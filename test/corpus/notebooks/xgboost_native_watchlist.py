# Style: competition. DMatrix, a watchlist with early stopping, the best iteration in a sentence.

# %%
import numpy as np
import pandas as pd
import xgboost as xgb
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

# %%
train_df = pd.read_csv('data/train.csv')
test_df = pd.read_csv('data/test.csv')
train_X = train_df.drop(['id', 'target'], axis=1)
train_y = train_df['target']
test_X = test_df.drop('id', axis=1)

# %%
def runXGB(train_X, train_y, test_X, seed_val=0, num_rounds=60):
    param = {}
    param['objective'] = 'binary:logistic'
    param['eta'] = 0.1
    param['max_depth'] = 4
    param['eval_metric'] = "auc"
    param['min_child_weight'] = 2
    param['subsample'] = 0.7
    param['colsample_bytree'] = 0.7
    param['seed'] = seed_val
    param['nthread'] = 2

    tr_X, va_X, tr_y, va_y = train_test_split(train_X, train_y, test_size=0.2, random_state=seed_val)
    xgtrain = xgb.DMatrix(tr_X, label=tr_y)
    xgvalid = xgb.DMatrix(va_X, label=va_y)
    watchlist = [(xgtrain, 'train'), (xgvalid, 'valid')]
    model = xgb.train(param, xgtrain, num_rounds, watchlist, early_stopping_rounds=20, verbose_eval=10)
    pred_val = model.predict(xgvalid)
    return model.predict(xgb.DMatrix(test_X)), model, roc_auc_score(va_y, pred_val)

# %%
preds, model, auc = runXGB(train_X, train_y, test_X, seed_val=11)
print('Modeling done. Best iteration:', model.best_iteration, 'valid auc:', auc)

# %%
out_df = pd.DataFrame({'id': test_df.id, 'target': preds})
out_df.to_csv("xgb_starter.csv", index=False)
