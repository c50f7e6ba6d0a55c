# Style: library documentation. MLPClassifier that prints its own iterations, several settings compared.

# %%
import warnings
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import MinMaxScaler

# %%
X, y = load_digits(return_X_y=True)
X = MinMaxScaler().fit_transform(X)
X_train, X_test = X[:1300], X[1300:]
y_train, y_test = y[:1300], y[1300:]

# %%
mlp = MLPClassifier(
    hidden_layer_sizes=(40,),
    max_iter=12,
    alpha=1e-4,
    solver="sgd",
    verbose=10,
    random_state=1,
    learning_rate_init=0.2,
    batch_size=100,
)

# this example won't converge because of resource usage constraints
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=ConvergenceWarning, module="sklearn")
    mlp.fit(X_train, y_train)

print("Training set score: %f" % mlp.score(X_train, y_train))
print("Test set score: %f" % mlp.score(X_test, y_test))

# %%
plt.plot(mlp.loss_curve_)
plt.ylim(0, 2.5)
plt.show()
