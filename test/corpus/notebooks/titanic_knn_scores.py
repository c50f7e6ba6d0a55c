# Style: competition. k nearest neighbours, K-fold by hand, result in a plain sentence.

# %%
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier
from sklearn.model_selection import KFold

# %%
t = pd.read_csv('data/titanic.csv')
t = t.drop(columns=['Name', 'Ticket', 'Cabin', 'PassengerId'])
t.Age = t.Age.fillna(t.Age.mean())
t = pd.get_dummies(t, columns=['Sex', 'Embarked'])
y = t.pop('Survived')
t = (t - t.mean()) / t.std()

# %%
k_fold = KFold(n_splits=10, shuffle=True)
clf = KNeighborsClassifier(n_neighbors=13, weights='distance')
acc = []
for a, b in k_fold.split(t):
    clf.fit(t.iloc[a], y.iloc[a])
    acc.append(clf.score(t.iloc[b], y.iloc[b]))

# %%
result = round(sum(acc) / len(acc) * 100, 2)
print('The accuracy of the kNN is', result)
