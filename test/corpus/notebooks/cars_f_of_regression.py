# Style: personal. One regression whose F test is printed under its summary, by the words of the summary.

# %%
import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import variance_inflation_factor

# %%
cars = pd.read_csv('data/auto-mpg.csv').dropna()
train = cars.sample(frac=0.8, random_state=3)
test = cars.drop(train.index)
cols = ['weight', 'horsepower', 'model_year']

# %%
X = sm.add_constant(train[cols])
model = sm.OLS(train['mpg'], X).fit()
print(model.summary())

# %%
print('R-squared:', round(model.rsquared, 4))
print('F-statistic:', round(model.fvalue, 2))
print('Prob (F-statistic):', model.f_pvalue)

# %%
vif = pd.DataFrame({
    'feature': cols,
    'VIF': [variance_inflation_factor(X.values, i + 1) for i in range(len(cols))],
})
vif

# %%
pred = model.predict(sm.add_constant(test[cols]))
test_rmse = np.sqrt(np.mean((test['mpg'] - pred) ** 2))
print('RMSE on the test set: {:.3f} mpg'.format(test_rmse))
