# Style: docs. A parameter study by simulation: Monte Carlo option prices against the formula, error by paths.

# %%
import numpy as np
from scipy.stats import norm

# %%
S0, K, T, r, sigma = 100.0, 105.0, 1.0, 0.03, 0.2
n_steps = 50
seed = 1973

# %%
d1 = (np.log(S0 / K) + (r + sigma**2 / 2) * T) / (sigma * np.sqrt(T))
exact = S0 * norm.cdf(d1) - K * np.exp(-r * T) * norm.cdf(d1 - sigma * np.sqrt(T))
print(f"Black-Scholes price: {exact:.4f}")

# %%
def simulate(n_paths, rng, antithetic=True):
    dt = T / n_steps
    z = rng.standard_normal((n_paths, n_steps))
    if antithetic:
        z = np.vstack([z, -z])
    paths = S0 * np.exp(np.cumsum((r - sigma**2 / 2) * dt + sigma * np.sqrt(dt) * z, axis=1))
    payoff = np.exp(-r * T) * np.maximum(paths[:, -1] - K, 0)
    return payoff.mean(), payoff.std(ddof=1) / np.sqrt(len(payoff))

# %%
rng = np.random.default_rng(seed)
errors = []
print(f"{'paths':>8} {'price':>10} {'std err':>10} {'abs error':>10}")
for n_paths in [100, 1000, 10000]:
    price, stderr = simulate(n_paths, rng)
    errors.append(abs(price - exact))
    print(f"{n_paths:8d} {price:10.4f} {stderr:10.4f} {errors[-1]:10.4f}")

# %%
slope = np.polyfit(np.log([100, 1000, 10000]), np.log(errors), 1)[0]
print("Convergence rate:", slope)
