# Style: competition. Many models in a dict, stratified folds, a grid search, a table of results, a submission.

# %%
# Importing the libraries
import numpy as np
import pandas as pd
import warnings
import matplotlib.pyplot as plt
from sklearn.linear_model import LogisticRegression
from sklearn.ensemble import RandomForestClassifier, GradientBoostingClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_score, GridSearchCV

# %%
df = pd.read_csv("data/titanic.csv")
df.info()

# %%
df.describe()

# %%
print("Missing ages:", df["Age"].isnull().sum())
print(f"Survival rate: {df['Survived'].mean():.2%}")
print("Mean fare: ", df["Fare"].mean())

# %%
df["Age"] = df.groupby("Pclass")["Age"].transform(lambda s: s.fillna(s.median()))
df["Sex"] = df["Sex"].map({"male": 0, "female": 1})
df["IsAlone"] = ((df.SibSp + df.Parch) == 0).astype(int)
df = pd.get_dummies(df, columns=["Embarked"])
X = df.drop(columns=["PassengerId", "Survived", "Name", "Ticket", "Cabin"])
y = df["Survived"]

# %%
models = {
    "LogReg": LogisticRegression(C=0.5, max_iter=1000),
    "RandomForest": RandomForestClassifier(n_estimators=60, max_depth=6, min_samples_leaf=3, random_state=42),
    "GradientBoosting": GradientBoostingClassifier(n_estimators=40, learning_rate=0.1, random_state=42),
    "KNN": KNeighborsClassifier(n_neighbors=7),
}
skf = StratifiedKFold(n_splits=5, shuffle=True, random_state=42)

results = {}
for name, model in models.items():
    scores = cross_val_score(model, X, y, cv=skf, scoring="accuracy")
    results[name] = scores.mean()
    print(f"{name:20s} accuracy = {scores.mean():.4f} +/- {scores.std():.4f}")

# %%
pd.Series(results).sort_values(ascending=False)

# %%
param_grid = {"max_depth": [4, 6], "min_samples_leaf": [1, 3]}
gs = GridSearchCV(RandomForestClassifier(n_estimators=40, random_state=42), param_grid, cv=skf, scoring="accuracy")
gs.fit(X, y)
print("Best params:", gs.best_params_)
print("Best CV score: {:.4f}".format(gs.best_score_))

# %%
best = gs.best_estimator_
importances = pd.Series(best.feature_importances_, index=X.columns).sort_values()
importances.plot(kind="barh")
plt.title("Feature importance")
plt.show()

# %%
print("Accuracy on the training data:", round(best.score(X, y) * 100, 2), "%")

# %%
sub = pd.DataFrame({"PassengerId": df.PassengerId, "Survived": best.predict(X)})
sub.to_csv("submission.csv", index=False)
sub.head()
