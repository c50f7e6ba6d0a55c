# %%
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
# %%
X, y = make_classification(n_samples=120)
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y)
# %%
baseline = LogisticRegression().fit(X_train, y_train)
# %%
print("baseline accuracy:", baseline.score(X_test, y_test))
# %%
forest = RandomForestClassifier(n_estimators=10)
# %%
forest.fit(X_train, y_train)
# %%
accuracy = forest.score(X_test, y_test)
print("accuracy:", accuracy)
