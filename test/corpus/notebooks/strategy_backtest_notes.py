# Style: personal. A moving-average strategy on made-up prices: no model, but Sharpe, drawdown and a grid of windows.

# %%
import numpy as np
import pandas as pd

np.random.seed(8)
n_days = 750
mu, vol = 0.0004, 0.012
prices = pd.Series(100 * np.exp(np.cumsum(np.random.normal(mu, vol, n_days))))

# %%
def backtest(prices, fast, slow, cost=0.0005):
    signal = (prices.rolling(fast).mean() > prices.rolling(slow).mean()).astype(int).shift(1).fillna(0)
    ret = prices.pct_change().fillna(0) * signal - cost * signal.diff().abs().fillna(0)
    equity = (1 + ret).cumprod()
    sharpe = np.sqrt(252) * ret.mean() / ret.std()
    drawdown = (equity / equity.cummax() - 1).min()
    return sharpe, drawdown, equity.iloc[-1] - 1

# %%
fast_window = 10
slow_window = 50
sharpe, max_drawdown, total_return = backtest(prices, fast_window, slow_window)
print(f"Sharpe ratio: {sharpe:.2f}")
print(f"Max drawdown: {max_drawdown:.1%}")
print(f"Total return: {total_return:.1%}")

# %%
out = []
for f in [5, 10, 20]:
    for s in [50, 100]:
        sr, dd, tr = backtest(prices, f, s)
        out.append({'fast': f, 'slow': s, 'sharpe': sr, 'drawdown': dd, 'return': tr})
grid = pd.DataFrame(out)
grid.sort_values('sharpe', ascending=False)
