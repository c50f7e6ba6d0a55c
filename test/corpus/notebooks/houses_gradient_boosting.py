# Style: competition. A dictionary of params handed on with **, four errors printed with sep.

# %%
import pandas as pd
import numpy as np
import joblib
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.model_selection import train_test_split

SEED = 2023
np.random.seed(SEED)

# %%
homes = pd.read_csv('data/houses.csv')
homes = homes.fillna(homes.median(numeric_only=True))
homes['Age'] = 2011 - homes['YearBuilt']
homes['TotalSF'] = homes['TotalBsmtSF'] + homes['GrLivArea']
X = pd.get_dummies(homes.drop(['Id', 'SalePrice'], axis=1))
y = np.log(homes['SalePrice'])

X_train, X_valid, y_train, y_valid = train_test_split(X, y, train_size=0.8, random_state=SEED)

# %%
params = {
    'n_estimators': 120,
    'learning_rate': 0.07,
    'max_depth': 3,
    'subsample': 0.9,
    'max_features': 'sqrt',
    'loss': 'huber',
    'random_state': SEED,
    'verbose': 0,
}
gbr = GradientBoostingRegressor(**params)
gbr.fit(X_train, y_train)

# %%
pred = gbr.predict(X_valid)
mae = mean_absolute_error(y_valid, pred)
mse = mean_squared_error(y_valid, pred)
rmse = mse ** 0.5
r2 = r2_score(y_valid, pred)
print("MAE: ", mae, "MSE: ", mse, "RMSE: ", rmse, "R2: ", r2, sep="\n")

# %%
joblib.dump(gbr, 'gbr.joblib')
