# Style: competition. A dictionary of models, a table of results that is sorted and shown.

# %%
import pandas as pd, numpy as np
import matplotlib.pyplot as plt
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, MinMaxScaler
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
import time

# %%
df = pd.read_csv("data/churn.csv")
df.info()

# %%
df = df.drop("customerID", axis=1)
print("Missing values :  ", df.isnull().values.sum())
print("\nUnique values :  \n", df.nunique())

# %%
le = LabelEncoder()
for col in df.select_dtypes("object").columns:
    df[col] = le.fit_transform(df[col])

X = df.drop("Churn", axis=1)
y = df["Churn"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=111)
mm = MinMaxScaler()
X_train = mm.fit_transform(X_train)
X_test = mm.transform(X_test)

# %%
classifiers = {
    "LogisticRegression": LogisticRegression(),
    "KNN": KNeighborsClassifier(n_neighbors=15),
    "Decision Tree": DecisionTreeClassifier(max_depth=5, criterion="entropy"),
    "Naive Bayes": GaussianNB(),
    "GBM": GradientBoostingClassifier(n_estimators=40, learning_rate=0.15, subsample=0.8),
}

rows = []
for name, clf in classifiers.items():
    start = time.time()
    clf.fit(X_train, y_train)
    pred = clf.predict(X_test)
    rows.append({
        "Model": name,
        "Accuracy": accuracy_score(y_test, pred),
        "F1": f1_score(y_test, pred),
        "ROC_AUC": roc_auc_score(y_test, clf.predict_proba(X_test)[:, 1]),
        "Time": time.time() - start,
    })
    print(f"{name} done in {time.time() - start:.2f}s")

# %%
results = pd.DataFrame(rows).set_index("Model").sort_values("ROC_AUC", ascending=False)
results

# %%
results["Accuracy"].plot.barh(figsize=(7, 3), xlim=(0.6, 0.9));
plt.tight_layout()
plt.show()
