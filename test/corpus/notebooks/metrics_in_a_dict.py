# Style: competition. One function returns a dictionary of scores, called for several models; a frame shows them.

# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor
from sklearn.linear_model import Lasso, Ridge
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import RobustScaler

# %%
houses = pd.read_csv('data/houses.csv').fillna(0)
houses = pd.get_dummies(houses, columns=['Neighborhood', 'CentralAir'])
target = np.log1p(houses.pop('SalePrice'))
X_train, X_valid, y_train, y_valid = train_test_split(houses.drop(columns='Id'), target, test_size=.2, random_state=123)
scaler = RobustScaler(quantile_range=(10, 90))
X_train = scaler.fit_transform(X_train)
X_valid = scaler.transform(X_valid)

# %%
def evaluate(model, X, y):
    pred = model.predict(X)
    return {
        'RMSE': np.sqrt(mean_squared_error(y, pred)),
        'MAE': mean_absolute_error(y, pred),
        'R2': r2_score(y, pred),
    }

models = {
    'Ridge': Ridge(alpha=10),
    'Lasso': Lasso(alpha=5e-4, max_iter=5000),
    'GBR': GradientBoostingRegressor(n_estimators=80, learning_rate=0.1, max_depth=3, subsample=0.8, random_state=5),
    'ET': ExtraTreesRegressor(n_estimators=60, min_samples_split=4, random_state=5),
}

# %%
scores = {}
for name, model in models.items():
    model.fit(X_train, y_train)
    scores[name] = evaluate(model, X_valid, y_valid)
pd.DataFrame(scores).T.sort_values('RMSE')

# %%
weights = [0.2, 0.2, 0.4, 0.2]
final = sum(w * m.predict(X_valid) for w, m in zip(weights, models.values()))
rmsle = np.sqrt(mean_squared_error(y_valid, final))
print('Blended RMSLE on holdout: {:.4f}'.format(rmsle))
