# Style: course. Classes with eta and n_iter, errors per epoch on the object, only plotted.

# %%
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import load_iris

# %%
class AdalineGD(object):
    """ADAptive LInear NEuron classifier."""
    def __init__(self, eta=0.01, n_iter=50, random_state=1):
        self.eta = eta
        self.n_iter = n_iter
        self.random_state = random_state

    def fit(self, X, y):
        rgen = np.random.RandomState(self.random_state)
        self.w_ = rgen.normal(loc=0.0, scale=0.01, size=1 + X.shape[1])
        self.cost_ = []
        for i in range(self.n_iter):
            output = self.net_input(X)
            errors = (y - output)
            self.w_[1:] += self.eta * X.T.dot(errors)
            self.w_[0] += self.eta * errors.sum()
            cost = (errors**2).sum() / 2.0
            self.cost_.append(cost)
        return self

    def net_input(self, X):
        return np.dot(X, self.w_[1:]) + self.w_[0]

    def predict(self, X):
        return np.where(self.net_input(X) >= 0.0, 1, -1)

# %%
iris = load_iris()
X = iris.data[0:100, [0, 2]]
y = np.where(iris.target[0:100] == 0, -1, 1)
X_std = (X - X.mean(axis=0)) / X.std(axis=0)

# %%
ada = AdalineGD(n_iter=15, eta=0.01)
ada.fit(X_std, y)

plt.plot(range(1, len(ada.cost_) + 1), ada.cost_, marker='o')
plt.xlabel('Epochs')
plt.ylabel('Sum-squared-error')
plt.show()

# %%
print('Misclassified samples: %d' % (y != ada.predict(X_std)).sum())
print('Accuracy: %.2f' % (y == ada.predict(X_std)).mean())
