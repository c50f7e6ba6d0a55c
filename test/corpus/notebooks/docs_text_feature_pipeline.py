# Style: library documentation. A tutorial on text; mean of a comparison is printed by the notebook's last expression.

# %%
import pandas as pd
import numpy as np
reviews = pd.read_csv("data/reviews.csv")
train, held_out = reviews[:600], reviews[600:]
print("\n".join(train.review[0].split(".")[:3]))

# %%
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline

text_clf = Pipeline([
    ('vect', HashingVectorizer(n_features=4096, alternate_sign=False)),
    ('tfidf', TfidfTransformer(use_idf=False)),
    ('clf', SGDClassifier(loss='hinge', penalty='l2', alpha=1e-3, random_state=42, max_iter=5, tol=None)),
])
text_clf.fit(train.review, train.sentiment)

# %%
predicted = text_clf.predict(held_out.review)
np.mean(predicted == held_out.sentiment)

# %%
from sklearn import metrics
print(metrics.classification_report(held_out.sentiment, predicted))
