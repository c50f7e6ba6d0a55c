# Style: course. Homework: hinge loss by subgradient descent; progress every 20 epochs in a percent format.

# %% [markdown]
# ### Homework 3. Implement the soft-margin SVM.

# %%
import numpy as np
from sklearn.datasets import make_classification
X, y = make_classification(n_samples=600, n_features=12, n_informative=5, class_sep=1.2, random_state=21)
y = 2 * y - 1
Xtr, Xte, ytr, yte = X[:450], X[450:], y[:450], y[450:]

# %%
class SVM:
    def __init__(self, lmbda=1e-2, n_epochs=50, lr0=0.1):
        self.lmbda, self.n_epochs, self.lr0 = lmbda, n_epochs, lr0

    def hinge(self, X, y):
        return np.maximum(0, 1 - y * (X @ self.w + self.b)).mean() + 0.5 * self.lmbda * self.w @ self.w

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for ep in range(self.n_epochs):
            lr = self.lr0 / (1 + 0.1 * ep)
            active = y * (X @ self.w + self.b) < 1
            self.w -= lr * (self.lmbda * self.w - (y[active, None] * X[active]).sum(0) / len(y))
            self.b += lr * y[active].sum() / len(y)
            if ep % 20 == 0:
                print("epoch %3d: hinge loss %.4f, train accuracy %.1f %%" % (ep, self.hinge(X, y), 100 * self.score(X, y)))
        return self

    def score(self, X, y):
        return (np.sign(X @ self.w + self.b) == y).mean()

# %%
svm = SVM(lmbda=5e-3, n_epochs=120).fit(Xtr, ytr)

# %%
print("Your test accuracy:", svm.score(Xte, yte))
