# Style: personal. Trying things by hand: the same function called with other settings, a table of what came out.

# %%
import time
import numpy as np
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline

X, y = load_digits(return_X_y=True)
print(X.shape, np.bincount(y))

# %%
trials = []
def trial(n_components, k, metric='euclidean', whiten=False):
    t = time.time()
    pipe = make_pipeline(PCA(n_components, whiten=whiten), KNeighborsClassifier(k, metric=metric))
    acc = cross_val_score(pipe, X, y, cv=3).mean()
    trials.append(dict(n_components=n_components, k=k, metric=metric, whiten=whiten, acc=acc, sec=time.time() - t))
    return acc

# %%
trial(10, 5)

# %%
trial(20, 5)

# %%
trial(20, 3, metric='manhattan')

# %%
trial(30, 3, whiten=True)

# %%
pd.DataFrame(trials).round(4)
