# Style: library documentation. Validation curve and learning curve, arrays as last expressions.

# %%
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import validation_curve, GridSearchCV
from sklearn.neighbors import KNeighborsClassifier

# %%
X, y = load_digits(return_X_y=True)

# %%
param_range = [1, 3, 5, 9]
train_scores, test_scores = validation_curve(
    KNeighborsClassifier(weights="uniform"), X, y, param_name="n_neighbors", param_range=param_range, cv=3, scoring="accuracy")
test_scores_mean = test_scores.mean(axis=1)
test_scores_mean

# %%
search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": param_range, "weights": ["uniform", "distance"]}, cv=3).fit(X, y)
print(search.best_params_)
print(search.best_score_)
