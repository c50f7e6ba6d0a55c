# Style: competition. A loop over the number of features with a growing list and a best-so-far.

# %%
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import cross_val_score

# %%
train = pd.read_csv('data/train.csv', index_col='id')
target = train.pop('target')
print(f"Train has {train.shape[0]} rows and {train.shape[1]} columns")

# %%
best_score = 0
best_k = 0
cv_scores = []
folds = 5
max_features = 12

for k in range(1, max_features + 1):
    cols = train.columns[SelectKBest(f_classif, k=k).fit(train, target).get_support()]
    model = SGDClassifier(loss='log_loss', alpha=1e-3, max_iter=300, random_state=0)
    score = cross_val_score(model, train[cols], target, cv=folds, scoring='roc_auc').mean()
    cv_scores.append(score)
    if score > best_score:
        best_score = score
        best_k = k

# %%
print('Best k is', best_k, 'with AUC', best_score)

# %%
xmin, xmax = 0, 13
plt.plot(range(1, max_features + 1), cv_scores, marker='o')
plt.xlim(xmin, xmax)
plt.title('AUC by number of features')
plt.show()
