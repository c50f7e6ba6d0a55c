# Style: library documentation. Bayesian optimization by hand: each query in a line, and the best so far.

# %%
import numpy as np
from scipy.stats import norm
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern

# %%
def f(x):
    return -np.sin(3 * x) - x ** 2 + 0.7 * x

bounds = (-1.0, 2.0)
noise = 0.05
n_init, n_iter, xi = 3, 6, 0.01

rng = np.random.RandomState(123)
X = rng.uniform(*bounds, size=(n_init, 1))
y = f(X).ravel() + noise * rng.randn(n_init)

# %%
gp = GaussianProcessRegressor(kernel=Matern(length_scale=1.0, nu=2.5), alpha=noise ** 2, n_restarts_optimizer=2,
                              random_state=0)
grid = np.linspace(*bounds, 300).reshape(-1, 1)

def expected_improvement(grid, best):
    m, s = gp.predict(grid, return_std=True)
    imp = m - best - xi
    z = imp / np.maximum(s, 1e-9)
    return imp * norm.cdf(z) + s * norm.pdf(z)

# %%
print('iter |    x    |    y    |  best')
for it in range(n_iter):
    gp.fit(X, y)
    ei = expected_improvement(grid, y.max())
    x_next = grid[ei.argmax()]
    y_next = f(x_next)[0] + noise * rng.randn()
    X, y = np.vstack([X, x_next]), np.append(y, y_next)
    print(f'{it + 1:4d} | {x_next[0]:7.3f} | {y_next:7.3f} | {y.max():7.3f}')

# %%
x_best = X[y.argmax(), 0]
gap = f(grid).max() - f(x_best)
print(f'best x: {x_best:.3f}, best y: {y.max():.3f}')
print(f'regret: {gap:.4f}')
