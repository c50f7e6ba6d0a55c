# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import train_test_split
import sklearn
rng = np.random.default_rng(8)
# %%
df = pd.DataFrame({"age": rng.integers(18, 80, 150), "calls": rng.normal(size=150), "plan": rng.choice(list("abc"), 150)})
df["churn"] = (df.calls + rng.normal(size=150) > 0).astype(int)
# %%
df.describe()
# %%
df = pd.get_dummies(df, columns=["plan"])
# %%
train, test = train_test_split(df, test_size=0.3, random_state=1)
# %%
sklearn.set_config(transform_output="pandas")
# %%
forest = RandomForestClassifier(n_estimators=10, random_state=2).fit(train.drop(columns="churn"), train.churn)
# %%
boost = GradientBoostingClassifier(n_estimators=5, subsample=0.5, random_state=3).fit(train.drop(columns="churn"), train.churn)
# %%
acc = accuracy_score(test.churn, forest.predict(test.drop(columns="churn")))
auc = roc_auc_score(test.churn, boost.predict_proba(test.drop(columns="churn"))[:, 1])
print(f"accuracy: {acc:.4f}")
print(f"auc: {auc:.4f}")
