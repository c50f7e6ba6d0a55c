# Style: personal. Box-Jenkins by the book: stationarity test, orders, one forecast and its errors.

# %%
import warnings; warnings.simplefilter('ignore')
import numpy as np, pandas as pd
import statsmodels.api as sm
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.stattools import adfuller

# %%
ts = pd.read_csv('data/passengers.csv', parse_dates=['Month'], index_col='Month').Passengers.asfreq('MS')
result = adfuller(ts)
print('ADF Statistic: %f' % result[0])
print('p-value: %f' % result[1])

# %%
h = 24
train, test = ts[:-h], ts[-h:]
ltrain = np.log(train)

# %%
order = (1, 1, 1)
seasonal_order = (0, 1, 1, 12)
fit = sm.tsa.SARIMAX(ltrain, order=order, seasonal_order=seasonal_order).fit(disp=False, maxiter=80)
print('AIC', fit.aic)
fc = np.exp(fit.forecast(h))

# %%
rmse = np.sqrt(((fc - test) ** 2).mean())
mape = (np.abs(fc - test) / test).mean() * 100
print(f'RMSE: {rmse:.2f}  MAPE: {mape:.2f}%')

# %%
for p in range(3):
    m = ARIMA(ltrain, order=(p, 1, 1)).fit()
    print(p, m.aic, m.bic)

# %%
naive = ts.shift(12)[-h:]
rmse / np.sqrt(((naive - test) ** 2).mean())
