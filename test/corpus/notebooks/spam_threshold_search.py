# Style: competition. A threshold searched on held-out probabilities; the best is kept and printed.

# %%
import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.metrics import f1_score

# %%
df = pd.read_csv('data/spam.tsv', sep='\t', names=['label', 'text'])
y = (df.label == 'spam').astype(int)
vec = TfidfVectorizer(ngram_range=(1, 2), min_df=2)
X = vec.fit_transform(df.text)

# %%
clf = LogisticRegression(C=4.0, class_weight='balanced')
proba = cross_val_predict(clf, X, y, cv=5, method='predict_proba')[:, 1]

# %%
best_f1, best_thr = 0, 0.5
for thr in np.arange(0.3, 0.71, 0.1):
    f1 = f1_score(y, proba > thr)
    print(f'thr={thr:.1f} -> F1 {f1:.4f}')
    if f1 > best_f1:
        best_f1, best_thr = f1, thr

# %%
print(f'Best threshold {best_thr:.2f} with F1 = {best_f1:.4f}')
