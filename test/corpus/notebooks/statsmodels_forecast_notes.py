# Style: personal. Seasonal ARIMA over a few orders, information criteria collected by hand.

# %%
import itertools
import warnings
import numpy as np
import pandas as pd
import statsmodels.api as sm
warnings.filterwarnings("ignore")
# %matplotlib inline

# %%
y = pd.read_csv('data/passengers.csv', index_col='Month', parse_dates=True)['Passengers']
y = np.log(y.asfreq('MS'))
train, test = y[:-12], y[-12:]
y.plot(figsize=(8, 3));

# %%
best_aic = np.inf
aics = []
for p, q in itertools.product([0, 1], [0, 1]):
    res = sm.tsa.SARIMAX(train, order=(p, 1, q), seasonal_order=(0, 1, 0, 12)).fit(disp=False)
    aics.append(res.aic)
    print('ARIMA({}, 1, {}) - AIC:{}'.format(p, q, res.aic))
    if res.aic < best_aic:
        best_aic, best_order = res.aic, (p, 1, q)

# %%
final = sm.tsa.SARIMAX(train, order=best_order, seasonal_order=(0, 1, 0, 12)).fit(disp=False)
pred = final.forecast(12)
mse = ((np.exp(pred) - np.exp(test)) ** 2).mean()
print('The Mean Squared Error of our forecasts is {}'.format(round(mse, 2)))
print('The Root Mean Squared Error of our forecasts is {}'.format(round(np.sqrt(mse), 2)))
