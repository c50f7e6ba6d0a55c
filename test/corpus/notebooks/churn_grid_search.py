# Style: competition. GridSearchCV over a support vector machine; the best score is printed.

# %%
import numpy as np
import pandas as pd
from sklearn.svm import SVC
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.metrics import classification_report

# %%
data = pd.read_csv('data/churn.csv').sample(600, random_state=3)
X = pd.get_dummies(data.drop(['customerID', 'Churn'], axis=1), drop_first=True)
y = data['Churn'].map({'Yes': 1, 'No': 0})
X.shape, y.shape

# %%
x_train, x_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

# %%
pipe = make_pipeline(StandardScaler(), SVC())
parameters = {
    'svc__C': [0.1, 1, 10],
    'svc__gamma': [0.01, 0.1],
    'svc__kernel': ['rbf'],
}
grid = GridSearchCV(pipe, parameters, cv=3, scoring='accuracy', verbose=1, n_jobs=1)
grid.fit(x_train, y_train)

# %%
print("Best parameters: ", grid.best_params_)
print("Best score: ", grid.best_score_)

# %%
pd.DataFrame(grid.cv_results_)[['params', 'mean_test_score', 'std_test_score', 'rank_test_score']]

# %%
y_pred = grid.predict(x_test)
print(classification_report(y_test, y_pred))
print("Test accuracy: ", grid.score(x_test, y_test))
