# Style: library documentation. Chunks through partial_fit, accuracy over time in a dictionary.

# %%
import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import SGDClassifier

# %%
n_samples, chunk = 4000, 250
X, y = make_classification(n_samples=n_samples, n_features=30, n_informative=8, flip_y=0.05, random_state=8)
X_test, y_test = X[-1000:], y[-1000:]
all_classes = np.array([0, 1])

# %%
partial_fit_classifiers = {
    "SGD": SGDClassifier(max_iter=5, alpha=1e-4, penalty="l2"),
    "Perceptron": SGDClassifier(loss="perceptron", learning_rate="constant", eta0=1.0, penalty=None),
}
cls_stats = {name: {"n_train": 0, "accuracy": 0.0, "accuracy_history": []} for name in partial_fit_classifiers}

# %%
for i, start in enumerate(range(0, n_samples - 1000, chunk)):
    X_train, y_train = X[start:start + chunk], y[start:start + chunk]
    for cls_name, cls in partial_fit_classifiers.items():
        cls.partial_fit(X_train, y_train, classes=all_classes)
        stats = cls_stats[cls_name]
        stats["n_train"] += len(X_train)
        stats["accuracy"] = cls.score(X_test, y_test)
        stats["accuracy_history"].append((stats["accuracy"], stats["n_train"]))
        if i % 3 == 0:
            print("%20s classifier : \t%6d train docs  accuracy: %.3f" % (cls_name, stats["n_train"], stats["accuracy"]))
