# Style: personal. A Metropolis sampler in numpy: acceptance, posterior means, R-hat; no library of models.

# %%
import numpy as np
from scipy import stats

rng = np.random.default_rng(31)
true_mu, true_sigma = 2.5, 1.3
data = rng.normal(true_mu, true_sigma, size=120)

# %%
prior_mu_sd = 10.0
prior_sigma_scale = 5.0

def log_post(mu, log_sigma):
    sigma = np.exp(log_sigma)
    lp = stats.norm.logpdf(mu, 0, prior_mu_sd) + stats.halfcauchy.logpdf(sigma, scale=prior_sigma_scale) + log_sigma
    return lp + stats.norm.logpdf(data, mu, sigma).sum()

# %%
n_samples = 1500
burn_in = 500
step_size = 0.15
n_chains = 3

def sample(start):
    theta = np.array(start, float)
    cur = log_post(*theta)
    out, accepted = np.empty((n_samples, 2)), 0
    for i in range(n_samples):
        prop = theta + step_size * rng.standard_normal(2)
        new = log_post(*prop)
        if np.log(rng.random()) < new - cur:
            theta, cur = prop, new
            accepted += 1
        out[i] = theta
    return out[burn_in:], accepted / n_samples

# %%
chains = []
for c in range(n_chains):
    draws, rate = sample([rng.normal(0, 3), 0.0])
    chains.append(draws)
    print(f'chain {c}: acceptance rate = {rate:.3f}, mean(mu) = {draws[:, 0].mean():.3f}')

# %%
m = np.stack(chains)
W = m.var(axis=1, ddof=1).mean(0)
B = m.shape[1] * m.mean(1).var(axis=0, ddof=1)
rhat = np.sqrt(((m.shape[1] - 1) / m.shape[1] * W + B / m.shape[1]) / W)
print('R-hat mu: %.4f' % rhat[0])
print('R-hat sigma: %.4f' % rhat[1])
print('posterior mean of mu:', m[..., 0].mean(), ' 95% interval:', np.quantile(m[..., 0], [.025, .975]))
