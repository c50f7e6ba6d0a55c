# Style: personal. Naive, Holt-Winters, SARIMAX and a gradient boosting on lags; one function of errors; a leaderboard.
# %%
import numpy as np, pandas as pd, warnings
warnings.simplefilter("ignore")
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.statespace.sarimax import SARIMAX
from sklearn.ensemble import GradientBoostingRegressor
# %%
s = pd.read_csv("data/passengers.csv", parse_dates=[0], index_col=0).iloc[:, 0]
s = s.asfreq("MS") if s.index.inferred_freq else s
HORIZON = 12
SEASON = 12
train, test = s[:-HORIZON], s[-HORIZON:]
len(train), len(test)
# %%
def evaluate(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, float), np.asarray(y_pred, float)
    e = y_true - y_pred
    return {"MAE": np.abs(e).mean(), "RMSE": np.sqrt((e**2).mean()), "MAPE": 100 * np.abs(e / y_true).mean(), "sMAPE": 200 * np.mean(np.abs(e) / (np.abs(y_true) + np.abs(y_pred)))}
scores = {}
# %%
naive = train[-SEASON:].values
scores["seasonal naive"] = evaluate(test, naive)
scores["seasonal naive"]
# %%
hw = ExponentialSmoothing(train, trend="add", seasonal="mul", seasonal_periods=SEASON, damped_trend=True).fit()
scores["holt-winters"] = evaluate(test, hw.forecast(HORIZON))
print("HW smoothing:", {k: round(v, 3) for k, v in hw.params.items() if np.isscalar(v)})
print("HW SSE", hw.sse, "AIC", hw.aic)
# %%
order, seasonal_order = (1, 1, 1), (0, 1, 1, SEASON)
sar = SARIMAX(np.log(train), order=order, seasonal_order=seasonal_order).fit(disp=False, maxiter=40)
scores["sarimax"] = evaluate(test, np.exp(sar.forecast(HORIZON)))
print(sar.summary().tables[0])
# %%
def make_lags(x, n_lags=14):
    d = pd.DataFrame({f"lag_{i}": x.shift(i) for i in range(1, n_lags + 1)})
    d["month"] = np.arange(len(x)) % 12
    return d
lagged = make_lags(np.log(s)).dropna()
target = np.log(s).loc[lagged.index]
gbr = GradientBoostingRegressor(n_estimators=150, max_depth=2, learning_rate=0.1, subsample=0.9)
gbr.fit(lagged[:-HORIZON], target[:-HORIZON])
scores["gbr lags"] = evaluate(test, np.exp(gbr.predict(lagged[-HORIZON:])))
# %%
board = pd.DataFrame(scores).T.sort_values("RMSE")
board.round(2)
# %%
print("Winner:", board.index[0], "with RMSE", round(board.RMSE.iloc[0], 2))
board.to_csv("leaderboard.csv")
