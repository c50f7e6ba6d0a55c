# Style: competition. Text to TF-IDF to logistic regression; params in the calls.

# %%
import re
import pandas as pd
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn import metrics

# %%
df = pd.read_csv('data/reviews.csv')
df['sentiment'].value_counts()

# %%
def clean(text):
    text = text.lower()
    return re.sub(r'[^a-z ]', '', text)

df['review'] = df['review'].apply(clean)
df['length'] = df.review.str.split().str.len()
print('Average words per review: ', df['length'].mean())
print('Max words: ', df['length'].max())

# %%
X_train, X_test, y_train, y_test = train_test_split(
    df.review, (df.sentiment == 'positive').astype(int), test_size=0.3, random_state=2019, stratify=df.sentiment)

# %%
tfidf = TfidfVectorizer(max_features=2000, ngram_range=(1, 2), min_df=2, stop_words='english')
train_vec = tfidf.fit_transform(X_train)
test_vec = tfidf.transform(X_test)
print('Vocabulary size: ', len(tfidf.vocabulary_))

# %%
clf = LogisticRegression(C=5, solver='sag', max_iter=200)
clf.fit(train_vec, y_train)
preds = clf.predict(test_vec)
print('Accuracy : ', metrics.accuracy_score(y_test, preds))
print('F1 score : ', metrics.f1_score(y_test, preds))
print(metrics.confusion_matrix(y_test, preds))
