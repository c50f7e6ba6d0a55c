# Style: course. An own class with fit and predict; hyperparameters as arguments of its constructor.

# %%
import numpy as np
from sklearn.datasets import make_blobs
from sklearn.model_selection import train_test_split

# %%
class LogisticRegressionScratch:
    def __init__(self, lr=0.01, num_iter=1000, fit_intercept=True, verbose=False):
        self.lr = lr
        self.num_iter = num_iter
        self.fit_intercept = fit_intercept
        self.verbose = verbose

    def __add_intercept(self, X):
        intercept = np.ones((X.shape[0], 1))
        return np.concatenate((intercept, X), axis=1)

    def __sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def __loss(self, h, y):
        return (-y * np.log(h + 1e-9) - (1 - y) * np.log(1 - h + 1e-9)).mean()

    def fit(self, X, y):
        if self.fit_intercept:
            X = self.__add_intercept(X)
        self.theta = np.zeros(X.shape[1])
        for i in range(self.num_iter):
            h = self.__sigmoid(np.dot(X, self.theta))
            gradient = np.dot(X.T, (h - y)) / y.size
            self.theta -= self.lr * gradient
            if self.verbose and i % 100 == 0:
                h = self.__sigmoid(np.dot(X, self.theta))
                print(f'loss: {self.__loss(h, y)} \t')

    def predict(self, X, threshold=0.5):
        if self.fit_intercept:
            X = self.__add_intercept(X)
        return self.__sigmoid(np.dot(X, self.theta)) >= threshold

# %%
X, y = make_blobs(n_samples=500, centers=2, cluster_std=3.5, random_state=12)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=12)

# %%
model = LogisticRegressionScratch(lr=0.1, num_iter=1500, verbose=True)
# %time model.fit(X_train, y_train)

# %%
preds = model.predict(X_test)
# accuracy
(preds == y_test).mean()
