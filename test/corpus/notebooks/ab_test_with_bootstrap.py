# Style: personal. An A/B test: two rates, a z test, a bootstrap interval. Little of it is training.

# %%
import numpy as np
from scipy import stats

rng = np.random.default_rng(2024)
N_A, N_B = 4000, 4100
a = rng.binomial(1, 0.110, N_A)
b = rng.binomial(1, 0.125, N_B)

# %%
rate_a, rate_b = a.mean(), b.mean()
print(f'Conversion A: {rate_a:.3%} ({a.sum()} of {N_A})')
print(f'Conversion B: {rate_b:.3%} ({b.sum()} of {N_B})')
print(f'Uplift: {rate_b / rate_a - 1:+.1%}')

# %%
pool = (a.sum() + b.sum()) / (N_A + N_B)
se = np.sqrt(pool * (1 - pool) * (1 / N_A + 1 / N_B))
z = (rate_b - rate_a) / se
p_value = 2 * stats.norm.sf(abs(z))
print(f'z = {z:.3f}, p = {p_value:.4f}')

# %%
n_boot = 500
diffs = [rng.choice(b, N_B).mean() - rng.choice(a, N_A).mean() for _ in range(n_boot)]
lo, hi = np.percentile(diffs, [2.5, 97.5])
print(f'95% CI of the difference: [{lo:.4f}, {hi:.4f}]')

# %%
alpha = 0.05
print('significant' if p_value < alpha else 'not significant', f'at alpha = {alpha}')
