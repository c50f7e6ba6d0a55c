# %%
import numpy as np
np.random.seed(9)
X = np.random.randn(60, 3)
y = X @ np.array([1.0, -2.0, 0.5])
# %%
X.shape, y.mean()
# %%
w = np.zeros(3)
history = []
# %%
preview = X[:5] * 2
# %%
for epoch in range(5):
    error = X @ w - y
    w -= 0.1 * X.T @ error / len(y)
    history.append(float((error ** 2).mean()))
    print(f"epoch {epoch} loss {history[-1]:.5f}")
# %%
best = min(history)
# %%
np.save("weights.npy", w)
