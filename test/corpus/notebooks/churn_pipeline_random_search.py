# Style: competition. A pipeline with a column transformer, a randomized search.

# %%
import pandas as pd
from scipy.stats import loguniform, randint
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.model_selection import RandomizedSearchCV, train_test_split

# %%
df = pd.read_csv("data/churn.csv", index_col="customerID")
y = df.pop("Churn").eq("Yes").astype(int)
num_cols = ["tenure", "MonthlyCharges", "TotalCharges"]
cat_cols = ["gender", "Contract", "PaymentMethod"]
X_train, X_test, y_train, y_test = train_test_split(df, y, test_size=0.2, stratify=y, random_state=10)

# %%
numeric = Pipeline([("imputer", SimpleImputer(strategy="median")), ("scaler", StandardScaler())])
categorical = OneHotEncoder(handle_unknown="ignore")
preprocess = ColumnTransformer([("num", numeric, num_cols), ("cat", categorical, cat_cols)])
model = Pipeline([("pre", preprocess), ("rf", RandomForestClassifier(random_state=10, class_weight="balanced"))])

# %%
space = {
    "rf__n_estimators": randint(10, 40),
    "rf__max_depth": randint(2, 8),
    "rf__max_features": ["sqrt", "log2"],
}
search = RandomizedSearchCV(model, space, n_iter=6, cv=3, scoring="roc_auc", random_state=10)
search.fit(X_train, y_train);

# %%
print(f"Best CV AUC: {search.best_score_:.4f}")
print(f"Best params: {search.best_params_}")

# %%
test_auc = search.score(X_test, y_test)
print(f"Test AUC: {test_auc:.4f}")
