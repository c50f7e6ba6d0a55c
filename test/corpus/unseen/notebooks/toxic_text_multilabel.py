# Style: competition. A loop over classes with cross-validation scores, in sentences.

# %%
import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

# %%
class_names = ['praise', 'anger', 'plot']
train = pd.read_csv('data/reviews.csv').fillna(' ')
train_text = train['review']
train['praise'] = train.review.str.contains('great|superb|perfect').astype(int)
train['anger'] = train.review.str.contains('awful|worst|waste').astype(int)
train['plot'] = train.review.str.contains('plot').astype(int)

# %%
word_vectorizer = TfidfVectorizer(sublinear_tf=True, analyzer='word', ngram_range=(1, 1), max_features=40)
train_features = word_vectorizer.fit_transform(train_text)

# %%
scores = []
for class_name in class_names:
    train_target = train[class_name]
    classifier = LogisticRegression(C=0.1, solver='liblinear')
    cv_score = np.mean(cross_val_score(classifier, train_features, train_target, cv=3, scoring='roc_auc'))
    scores.append(cv_score)
    print('CV score for class {} is {}'.format(class_name, cv_score))

print('Total CV score is {}'.format(np.mean(scores)))
