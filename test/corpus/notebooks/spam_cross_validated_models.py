# Style: competition. Several classifiers by cross_val_score in a loop, mean and spread printed, the best fitted.

# %%
import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

# %%
sms = pd.read_csv('data/spam.tsv', sep='\t', names=['label', 'message'])
sms['label'] = sms.label.map({'ham': 0, 'spam': 1})
X_train, X_test, y_train, y_test = train_test_split(sms.message, sms.label, test_size=0.2, random_state=7)

# %%
models = [
    ('NB', MultinomialNB(alpha=0.5)),
    ('CNB', ComplementNB()),
    ('LR', LogisticRegression(C=2.0, solver='liblinear')),
    ('KNN', KNeighborsClassifier(n_neighbors=9)),
]
results, names = [], []
for name, model in models:
    pipe = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), model)
    cv_results = cross_val_score(pipe, X_train, y_train, cv=5, scoring='f1')
    results.append(cv_results)
    names.append(name)
    print('%s: %f (%f)' % (name, cv_results.mean(), cv_results.std()))

# %%
best = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), MultinomialNB(alpha=0.5)).fit(X_train, y_train)
f1_score(y_test, best.predict(X_test))
