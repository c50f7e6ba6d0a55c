# Style: competition. Imbalanced classes, undersampling, several scores by name.

# %%
import numpy as np # linear algebra
import pandas as pd # data processing, CSV file I/O (e.g. pd.read_csv)
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.metrics import confusion_matrix, classification_report, roc_auc_score, average_precision_score, recall_score

import os
print(os.listdir("data"))

# %%
df = pd.read_csv('data/creditcard.csv')
print('No Frauds', round(df['Class'].value_counts()[0]/len(df) * 100,2), '% of the dataset')
print('Frauds', round(df['Class'].value_counts()[1]/len(df) * 100,2), '% of the dataset')

# %%
df['scaled_amount'] = StandardScaler().fit_transform(df['Amount'].values.reshape(-1,1))
df.drop(['Amount'], axis=1, inplace=True)

# %%
X = df.drop('Class', axis=1)
y = df['Class']
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, stratify=y)
print("Number transactions train dataset: ", len(X_train))
print("Number transactions test dataset: ", len(X_test))
print("Total number of transactions: ", len(X_train)+len(X_test))

# %%
# undersample the majority class
number_records_fraud = (y_train == 1).sum()
fraud_indices = np.array(y_train[y_train == 1].index)
normal_indices = y_train[y_train == 0].index
random_normal_indices = np.random.choice(normal_indices, number_records_fraud, replace=False)
under_sample_indices = np.concatenate([fraud_indices, random_normal_indices])
X_under = X_train.loc[under_sample_indices]
y_under = y_train.loc[under_sample_indices]

# %%
lr = LogisticRegression(C=0.01, penalty='l2', solver='liblinear')
lr.fit(X_under, y_under.values.ravel())
y_pred_undersample = lr.predict(X_test.values)
proba = lr.predict_proba(X_test.values)[:,1]

# %%
cnf_matrix = confusion_matrix(y_test, y_pred_undersample)
print(cnf_matrix)
print("Recall metric in the testing dataset: ", cnf_matrix[1,1]/(cnf_matrix[1,0]+cnf_matrix[1,1]))

# %%
print('ROC AUC Score: {:.4f}'.format(roc_auc_score(y_test, proba)))
print('Average precision-recall score: {0:0.2f}'.format(average_precision_score(y_test, proba)))
print(classification_report(y_test, y_pred_undersample))
