# Style: course. Ordinary least squares by formula, the summary as the last expression, then a logit.

# %%
import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf

# %%
cars = pd.read_csv('data/auto-mpg.csv')
cars.corr(numeric_only=True)['mpg']

# %%
model = smf.ols('mpg ~ weight + horsepower + C(origin)', data=cars)
results = model.fit()
results.summary()

# %%
print('R-squared:', results.rsquared)
print('AIC:', results.aic)

# %%
heavy = (cars.mpg < 20).astype(int)
logit = sm.Logit(heavy, sm.add_constant(cars[['weight', 'acceleration']] / [1000, 1]))
res = logit.fit()
print(res.summary())
