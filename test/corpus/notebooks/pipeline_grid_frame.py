# Style: docs. Column transformer and pipeline, a grid with scoring by two metrics, the results as a frame, reports of two models.

# %%
import numpy as np
import pandas as pd
from sklearn import set_config
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, classification_report, confusion_matrix, roc_auc_score, RocCurveDisplay
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import matplotlib.pyplot as plt

set_config(display="text")
RANDOM_STATE = 17

# %%
churn = pd.read_csv("data/churn.csv", index_col="customerID")
y = (churn.pop("Churn") == "Yes").astype(int)
y.value_counts(normalize=True)

# %%
X_train, X_test, y_train, y_test = train_test_split(churn, y, test_size=0.25, stratify=y, random_state=RANDOM_STATE)

# %%
numeric = ["tenure", "MonthlyCharges", "TotalCharges"]
categorical = ["Contract", "PaymentMethod", "gender", "SeniorCitizen"]
preprocess = ColumnTransformer([
    ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric),
    ("cat", OneHotEncoder(handle_unknown="ignore"), categorical),
])
pipe = Pipeline([
    ("prep", preprocess),
    ("select", SelectKBest(f_classif, k=8)),
    ("clf", LogisticRegression(solver="liblinear", random_state=RANDOM_STATE)),
])

# %%
grid = GridSearchCV(
    pipe,
    {"clf__C": [0.01, 0.1, 1.0, 10.0], "clf__penalty": ["l1", "l2"]},
    scoring={"auc": "roc_auc", "bal": "balanced_accuracy"},
    refit="auc", cv=4,
)
grid.fit(X_train, y_train)

# %%
results = pd.DataFrame(grid.cv_results_)
results[["param_clf__C", "param_clf__penalty", "mean_test_auc", "std_test_auc", "mean_test_bal", "rank_test_auc"]]

# %%
print("Best AUC in cross-validation: %0.4f with %s" % (grid.best_score_, grid.best_params_))

# %%
proba = grid.predict_proba(X_test)[:, 1]
print(f"Test AUC: {roc_auc_score(y_test, proba):.4f}")
print(f"Test balanced accuracy: {balanced_accuracy_score(y_test, proba > 0.5):.4f}")
print(confusion_matrix(y_test, proba > 0.5))

# %%
print(classification_report(y_test, proba > 0.5, target_names=["stays", "leaves"]))

# %%
trees = make_pipeline(preprocess, ExtraTreesClassifier(n_estimators=80, min_samples_leaf=5, random_state=RANDOM_STATE))
trees.fit(X_train, y_train)
trees.score(X_train, y_train), trees.score(X_test, y_test)

# %%
roc_auc_score(y_test, trees.predict_proba(X_test)[:, 1])

# %%
RocCurveDisplay.from_estimator(grid, X_test, y_test)
plt.show()
