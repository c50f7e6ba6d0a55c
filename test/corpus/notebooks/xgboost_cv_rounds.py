# Style: competition. xgb.cv to find the rounds, a model trained with a watch list, log target, a submission.

# %%
import numpy as np
import pandas as pd
import xgboost as xgb
import matplotlib.pyplot as plt
from sklearn.model_selection import train_test_split
from sklearn.metrics import mean_squared_error

# %%
data = pd.read_csv("data/houses.csv")
print("Shape:", data.shape)
data = pd.get_dummies(data, columns=["Neighborhood", "CentralAir"])
y = np.log1p(data.pop("SalePrice"))
ids = data.pop("Id")
print("Skew of the target: %.3f" % y.skew())

# %%
X_train, X_valid, y_train, y_valid = train_test_split(data, y, test_size=0.2, random_state=2018)
dtrain = xgb.DMatrix(X_train, label=y_train)
dvalid = xgb.DMatrix(X_valid, label=y_valid)

# %%
params = {
    'objective': 'reg:squarederror',
    'eval_metric': 'rmse',
    'eta': 0.1,
    'max_depth': 4,
    'subsample': 0.8,
    'colsample_bytree': 0.7,
    'lambda': 1.5,
    'seed': 2018,
    'nthread': 2,
}

# %%
cv_results = xgb.cv(params, dtrain, num_boost_round=60, nfold=3, early_stopping_rounds=10, verbose_eval=20, seed=2018)
print(cv_results.tail(3))
best_rounds = len(cv_results)
print("Best number of rounds:", best_rounds)

# %%
cv_results[['train-rmse-mean', 'test-rmse-mean']].plot()
plt.show()

# %%
watchlist = [(dtrain, 'train'), (dvalid, 'valid')]
model = xgb.train(params, dtrain, best_rounds, watchlist, verbose_eval=20)

# %%
pred = model.predict(dvalid)
rmsle = np.sqrt(mean_squared_error(y_valid, pred))
print("RMSLE on the validation set: {:.5f}".format(rmsle))
print("Mean error in dollars: {:,.0f}".format(np.mean(np.abs(np.expm1(pred) - np.expm1(y_valid)))))

# %%
xgb.plot_importance(model, max_num_features=10)
plt.show()

# %%
pd.DataFrame({"Id": ids.loc[X_valid.index], "SalePrice": np.expm1(pred)}).to_csv("submission.csv", index=False)
model.save_model("xgb.json")
