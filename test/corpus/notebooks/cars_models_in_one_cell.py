# Style: competition. Five regressors one after the other in one cell, no loop; errors printed under headings.
# %%
import pandas as pd, numpy as np
from sklearn.linear_model import LinearRegression, Ridge, Lasso
from sklearn.tree import DecisionTreeRegressor
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.model_selection import train_test_split
data = pd.read_csv('data/auto-mpg.csv').dropna()
data.corr(numeric_only=True)
# %%
num = data.select_dtypes('number')
X = num.iloc[:, 1:]; y = num.iloc[:, 0]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size = 0.2, random_state = 42)
# %%
print("------ Linear Regression ------")
lr = LinearRegression()
lr.fit(X_train, y_train)
y_pred = lr.predict(X_test)
print('MAE :', mean_absolute_error(y_test, y_pred))
print('MSE :', mean_squared_error(y_test, y_pred))
print('RMSE:', np.sqrt(mean_squared_error(y_test, y_pred)))
print('R2  :', r2_score(y_test, y_pred))

print("------ Ridge ------")
ridge = Ridge(alpha=0.5)
ridge.fit(X_train, y_train)
y_pred = ridge.predict(X_test)
print('MAE :', mean_absolute_error(y_test, y_pred))
print('MSE :', mean_squared_error(y_test, y_pred))
print('RMSE:', np.sqrt(mean_squared_error(y_test, y_pred)))
print('R2  :', r2_score(y_test, y_pred))

print("------ Random Forest ------")
rf = RandomForestRegressor(n_estimators=50, max_depth=8, random_state=42)
rf.fit(X_train, y_train)
y_pred = rf.predict(X_test)
print('MAE :', mean_absolute_error(y_test, y_pred))
print('MSE :', mean_squared_error(y_test, y_pred))
print('RMSE:', np.sqrt(mean_squared_error(y_test, y_pred)))
print('R2  :', r2_score(y_test, y_pred))
# %%
lasso_score = Lasso(alpha=0.1).fit(X_train, y_train).score(X_test, y_test)
tree_score = DecisionTreeRegressor(max_depth=4, random_state=0).fit(X_train, y_train).score(X_test, y_test)
print("Lasso R^2 = {:.3f}, Tree R^2 = {:.3f}".format(lasso_score, tree_score))
# %%
models = pd.DataFrame({'Model': ['Linear', 'Ridge', 'Random Forest', 'Lasso', 'Tree'],
    'Score': [lr.score(X_test, y_test), ridge.score(X_test, y_test), rf.score(X_test, y_test), lasso_score, tree_score]})
models.sort_values(by='Score', ascending=False)
# %%
accuracy = rf.score(X_train, y_train)
print("Training accuracy: {} %".format(round(accuracy * 100, 2)))
