# Style: library documentation. Few words, the log-likelihood in a sentence, the fitted kernel shown.

# %%
import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, WhiteKernel
from sklearn.metrics import r2_score

# %%
rng = np.random.RandomState(0)
X_train = rng.uniform(0, 5, size=30).reshape(-1, 1)
y_train = 0.5 * np.sin(3 * X_train[:, 0]) + rng.normal(loc=0.0, scale=0.2, size=30)
X = np.linspace(0, 5, 100).reshape(-1, 1)

# %%
kernel = 1.0 * RBF(length_scale=1e-1, length_scale_bounds=(1e-2, 1e3)) + WhiteKernel(noise_level=1e-2)
gpr = GaussianProcessRegressor(kernel=kernel, alpha=1e-8, n_restarts_optimizer=2)
gpr.fit(X_train, y_train)
y_mean, y_std = gpr.predict(X, return_std=True)
gpr.kernel_

# %%
print(f"Log marginal likelihood: {gpr.log_marginal_likelihood(gpr.kernel_.theta):.3f}")
print(f"R2 on the true function = {r2_score(0.5 * np.sin(3 * X[:, 0]), y_mean):.3f}")
