# Style: competition. Exploration, features, two models, a submission file. Params in calls only.

# %% [markdown]
# # Titanic: my first submission
# Following the usual steps: look, clean, fit, submit.

# %%
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
# %matplotlib inline
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split, cross_val_score
from sklearn.metrics import accuracy_score

# %%
train = pd.read_csv('data/titanic.csv')
print(train.shape)
train.head()

# %%
train.isnull().sum()

# %%
women = train.loc[train.Sex == 'female']["Survived"]
rate_women = sum(women)/len(women)
print("% of women who survived:", rate_women)

# %%
plt.figure(figsize=(8, 4))
train.groupby('Pclass').Survived.mean().plot(kind='bar')
plt.ylim(0, 1)
plt.show()

# %%
train['Age'] = train['Age'].fillna(train['Age'].median())
train['FamilySize'] = train['SibSp'] + train['Parch'] + 1
train['Title'] = train.Name.str.extract(r' ([A-Za-z]+)\.', expand=False)
train['Title'] = train['Title'].map({"Mr": 1, "Miss": 2, "Mrs": 3}).fillna(0)
train['Sex'] = (train['Sex'] == 'female').astype(int)
train['Embarked'] = train['Embarked'].map({'S': 0, 'C': 1, 'Q': 2})
features = ['Pclass', 'Sex', 'Age', 'FamilySize', 'Fare', 'Embarked', 'Title']
X = train[features]
y = train['Survived']

# %%
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.22, random_state=0)

# %%
logreg = LogisticRegression(max_iter=500)
logreg.fit(X_train, y_train)
y_pred = logreg.predict(X_val)
acc_logreg = round(accuracy_score(y_pred, y_val) * 100, 2)
print(acc_logreg)

# %%
randomforest = RandomForestClassifier(n_estimators=100, max_depth=5, random_state=1)
randomforest.fit(X_train, y_train)
y_pred = randomforest.predict(X_val)
acc_randomforest = round(accuracy_score(y_pred, y_val) * 100, 2)
print(acc_randomforest)

# %%
scores = cross_val_score(randomforest, X, y, cv=5, scoring='accuracy')
print("CV accuracy: %.3f (+/- %.3f)" % (scores.mean(), scores.std()))

# %%
models = pd.DataFrame({
    'Model': ['Logistic Regression', 'Random Forest'],
    'Score': [acc_logreg, acc_randomforest]})
models.sort_values(by='Score', ascending=False)

# %%
output = pd.DataFrame({'PassengerId': train.PassengerId, 'Survived': randomforest.predict(X)})
output.to_csv('submission.csv', index=False)
print("Your submission was successfully saved!")
