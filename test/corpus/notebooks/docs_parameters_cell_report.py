# Style: library documentation. A cell tagged "parameters", as papermill wants it, and a result at the end.

# %% [markdown]
# # Training report
# Run with `papermill report.ipynb out.ipynb -p n_neighbors 5`.

# %% tags=["parameters"]
dataset = "iris"
n_neighbors = 7
weights = "uniform"
test_fraction = 0.25
seed = 17
output_file = "report.json"

# %%
import json
import numpy as np
from sklearn import datasets
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

# %%
loaded = getattr(datasets, f"load_{dataset}")()
X_train, X_test, y_train, y_test = train_test_split(
    loaded.data, loaded.target, test_size=test_fraction, random_state=seed)

# %%
model = KNeighborsClassifier(n_neighbors, weights=weights).fit(X_train, y_train)
report = {
    "accuracy": float(model.score(X_test, y_test)),
    "balanced_accuracy": float(balanced_accuracy_score(y_test, model.predict(X_test))),
}
print(json.dumps(report))

# %%
with open(output_file, "w") as file:
    json.dump(report, file, indent=2)
