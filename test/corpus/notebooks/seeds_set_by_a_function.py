# Style: personal. A function seeds all libraries, for each of five repetitions; mean and deviation at the end.

# %%
import os
import random
import numpy as np
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import balanced_accuracy_score

# %%
def seed_everything(seed):
    random.seed(seed)
    os.environ['PYTHONHASHSEED'] = str(seed)
    np.random.seed(seed)

def noisy(X, sigma=0.3):
    return X + sigma * np.random.randn(*X.shape)

# %%
X, y = load_wine(return_X_y=True)

def experiment(seed, alpha=1e-3, test_size=0.3):
    seed_everything(seed)
    Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=test_size, stratify=y)
    sc = StandardScaler().fit(Xtr)
    clf = SGDClassifier(alpha=alpha, max_iter=400, tol=1e-3)
    clf.fit(noisy(sc.transform(Xtr)), ytr)
    return balanced_accuracy_score(yte, clf.predict(sc.transform(Xte)))

# %%
scores = []
for seed in [1, 2, 3, 4, 5]:
    bacc = experiment(seed)
    scores.append(bacc)
    print(f'seed {seed}: balanced accuracy = {bacc:.4f}')

# %%
print(f'{np.mean(scores):.3f} +/- {np.std(scores):.3f} over {len(scores)} seeds')
