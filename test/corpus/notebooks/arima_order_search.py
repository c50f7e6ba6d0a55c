# Style: personal. ARIMA by hand: stationarity, a search of the order by AIC, a forecast, errors at the end.

# %%
import itertools
import warnings
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.stattools import adfuller
from sklearn.metrics import mean_squared_error, mean_absolute_error
warnings.filterwarnings("ignore")

# %%
series = pd.read_csv("data/passengers.csv", parse_dates=["Month"], index_col="Month")["Passengers"]
series = series.asfreq("MS")
series.plot(figsize=(9, 3))
plt.show()

# %%
result = adfuller(series)
print('ADF Statistic: %f' % result[0])
print('p-value: %f' % result[1])
print('Critical Values:')
for key, value in result[4].items():
    print('\t%s: %.3f' % (key, value))

# %%
n_test = 24
train, test = series[:-n_test], series[-n_test:]
print(len(train), len(test))

# %%
p = q = range(0, 2)
best_aic = np.inf
best_order = None
for order in itertools.product(p, [1], q):
    fit = ARIMA(train, order=order).fit()
    print(f"ARIMA{order} - AIC:{fit.aic:.2f}")
    if fit.aic < best_aic:
        best_aic, best_order = fit.aic, order
print("best", best_order, best_aic)

# %%
model = SARIMAX(train, order=(1, 1, 1), seasonal_order=(0, 1, 1, 12), enforce_stationarity=False)
fitted = model.fit(disp=False, maxiter=40)
print(fitted.summary().tables[1])

# %%
forecast = fitted.get_forecast(steps=n_test)
pred = forecast.predicted_mean
rmse = np.sqrt(mean_squared_error(test, pred))
mae = mean_absolute_error(test, pred)
mape = np.mean(np.abs((test - pred) / test)) * 100
print('Test RMSE: %.3f' % rmse)
print('Test MAE: %.3f' % mae)
print('Test MAPE: %.2f%%' % mape)

# %%
plt.plot(train[-48:])
plt.plot(test, label="actual")
plt.plot(pred, label="forecast")
plt.legend()
plt.savefig("forecast.png")
plt.show()
