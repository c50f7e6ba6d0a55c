# Style: competition. ColumnTransformer, a pipeline, a grid; the report and the confusion matrix of the best.

# %%
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector as selector
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

# %%
titanic = pd.read_csv("data/titanic.csv")
X = titanic[["Pclass", "Sex", "Age", "Fare", "Embarked", "SibSp"]]
y = titanic["Survived"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=42, stratify=y)

# %%
numeric = Pipeline([("imputer", SimpleImputer(strategy="median")), ("scaler", StandardScaler())])
categorical = Pipeline([("onehot", OneHotEncoder(handle_unknown="ignore", min_frequency=5))])
preprocessor = ColumnTransformer(
    [("num", numeric, selector(dtype_exclude=object)), ("cat", categorical, selector(dtype_include=object))]
)
pipe = Pipeline([("pre", preprocessor), ("clf", LogisticRegression(max_iter=500))])
pipe.fit(X_train, y_train)
print("model score: %.3f" % pipe.score(X_test, y_test))

# %%
param_grid = [
    {"clf": [LogisticRegression(max_iter=500)], "clf__C": [0.1, 1.0, 10]},
    {"clf": [GradientBoostingClassifier(n_estimators=40, random_state=0)], "clf__max_depth": [2, 3]},
]
grid = GridSearchCV(pipe, param_grid, cv=5, scoring="roc_auc", n_jobs=1)
grid.fit(X_train, y_train)
print(grid.best_params_)
print(f"Best CV AUC: {grid.best_score_:.4f}")

# %%
y_pred = grid.predict(X_test)
print(classification_report(y_test, y_pred))
confusion_matrix(y_test, y_pred)

# %%
accuracy_score(y_test, y_pred)
