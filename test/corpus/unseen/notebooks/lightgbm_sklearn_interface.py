# Style: competition. LGBMClassifier with eval_set, then a cross-validated table.

# %%
import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import f1_score, accuracy_score
from sklearn.model_selection import train_test_split

# %%
t = pd.read_csv('data/titanic.csv').drop(columns=['Name', 'Ticket', 'Cabin', 'PassengerId'])
t['Sex'] = t.Sex.eq('male').astype(int)
t['Embarked'] = t.Embarked.astype('category')
X_tr, X_va, y_tr, y_va = train_test_split(t.drop(columns='Survived'), t.Survived, test_size=0.3, random_state=4)

# %%
clf = lgb.LGBMClassifier(n_estimators=80, num_leaves=9, learning_rate=0.07, reg_alpha=0.3, min_child_samples=12, verbosity=-1, n_jobs=2)
clf.fit(X_tr, y_tr, eval_set=[(X_va, y_va)], eval_metric='auc', callbacks=[lgb.log_evaluation(period=20)])

# %%
pred = clf.predict(X_va)
print(f"accuracy {accuracy_score(y_va, pred):.4f} f1 {f1_score(y_va, pred):.4f}")
print("train/valid rows:", len(X_tr), len(X_va))
