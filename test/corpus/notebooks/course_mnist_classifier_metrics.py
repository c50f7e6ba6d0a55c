# Style: course. Scores as last expressions, arrays of cross-validation, nothing printed.

# %%
# Python ≥3.5 is required
import sys
assert sys.version_info >= (3, 5)
import sklearn
assert sklearn.__version__ >= "0.20"
import numpy as np
np.random.seed(42)

# %%
from sklearn.datasets import load_digits
mnist = load_digits()
X, y = mnist["data"], mnist["target"]
X.shape

# %%
X_train, X_test, y_train, y_test = X[:1400], X[1400:], y[:1400], y[1400:]
y_train_5 = (y_train == 5)
y_test_5 = (y_test == 5)

# %%
from sklearn.linear_model import SGDClassifier
sgd_clf = SGDClassifier(max_iter=1000, tol=1e-3, random_state=42)
sgd_clf.fit(X_train, y_train_5)

# %%
from sklearn.model_selection import cross_val_score
cross_val_score(sgd_clf, X_train, y_train_5, cv=3, scoring="accuracy")

# %%
from sklearn.model_selection import cross_val_predict
y_train_pred = cross_val_predict(sgd_clf, X_train, y_train_5, cv=3)

# %%
from sklearn.metrics import confusion_matrix
confusion_matrix(y_train_5, y_train_pred)

# %%
from sklearn.metrics import precision_score, recall_score
precision_score(y_train_5, y_train_pred)

# %%
recall_score(y_train_5, y_train_pred)

# %%
from sklearn.metrics import f1_score
f1_score(y_train_5, y_train_pred)

# %%
from sklearn.metrics import roc_auc_score
y_scores = cross_val_predict(sgd_clf, X_train, y_train_5, cv=3, method="decision_function")
roc_auc_score(y_train_5, y_scores)
