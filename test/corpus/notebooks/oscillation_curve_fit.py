# Style: personal. Lab notes: curve_fit of a damped oscillation, chi squared, parameter errors; scipy.optimize and an ODE.
# %%
import numpy as np
from scipy.optimize import curve_fit, minimize
from scipy.integrate import solve_ivp
# %%
rng = np.random.default_rng()
t = np.linspace(0, 10, 120)
A_true, gamma_true, omega_true = 2.0, 0.25, 3.1
noise = 0.1
x = A_true * np.exp(-gamma_true * t) * np.cos(omega_true * t) + rng.normal(0, noise, t.size)
# %%
def model(t, A, gamma, omega, phi):
    return A * np.exp(-gamma * t) * np.cos(omega * t + phi)
p0 = [1.5, 0.1, 3.0, 0.0]
popt, pcov = curve_fit(model, t, x, p0=p0, sigma=np.full(t.size, noise), absolute_sigma=True, maxfev=5000)
perr = np.sqrt(np.diag(pcov))
for n, v, e in zip(["A", "gamma", "omega", "phi"], popt, perr):
    print(f"{n:>6} = {v:.4f} ± {e:.4f}")
# %%
resid = x - model(t, *popt)
chi2 = np.sum((resid / noise) ** 2)
ndof = t.size - len(popt)
print(f"chi2/ndof = {chi2:.1f}/{ndof} = {chi2/ndof:.3f}")
r2 = 1 - np.sum(resid ** 2) / np.sum((x - x.mean()) ** 2)
print("R^2:", r2)
# %%
def rosen(v, a=1.0, b=100.0): return (a - v[0]) ** 2 + b * (v[1] - v[0] ** 2) ** 2
for method in ["Nelder-Mead", "BFGS", "Powell"]:
    res = minimize(rosen, x0=[-1.2, 1.0], method=method, options={"maxiter": 300}, tol=1e-8)
    print(f"{method:12s} f = {res.fun:.3e}  nfev = {res.nfev:4d}  success = {res.success}")
# %%
# Lotka-Volterra
alpha, beta, delta, gamma = 1.1, 0.4, 0.1, 0.4
sol = solve_ivp(lambda t, z: [alpha * z[0] - beta * z[0] * z[1], delta * z[0] * z[1] - gamma * z[1]], (0, 30), [10, 5], rtol=1e-6, max_step=0.1)
print("max prey:", sol.y[0].max().round(2), "max predators:", sol.y[1].max().round(2))
sol.y[:, -1]
