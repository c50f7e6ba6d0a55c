# %%
from sklearn.datasets import load_digits
from sklearn.model_selection import KFold, train_test_split
from sklearn.utils import shuffle, check_random_state
import numpy as np
from collections import defaultdict
import time
# %%
digits = load_digits()
X, y = digits["data"] / 16, digits["target"]
X, y = shuffle(X, y)
# %%
Xtr, Xte, ytr, yte = train_test_split(X, y)
# %%
history = defaultdict(list)
W = np.random.normal(0, .01, (64, 10)); B = np.zeros(10)
# %%
def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True)); return e / e.sum(1, keepdims=True)
def evaluate(W, B):
    return (np.argmax(Xte @ W + B, 1) == yte).mean()
# %%
t0 = time.time()
for epoch in range(5):
    order = np.random.permutation(len(Xtr))
    for i in range(0, len(Xtr), 32):
        ix = order[i:i + 32]
        p = softmax(Xtr[ix] @ W + B)
        p[np.arange(len(ix)), ytr[ix]] -= 1
        W -= .5 * Xtr[ix].T @ p / len(ix); B -= .5 * p.mean(0)
    history["acc"].append(evaluate(W, B))
    history["seconds"].append(time.time() - t0)
    print(f"epoch {epoch + 1}/5 - acc: {history['acc'][-1]:.4f} - {time.time() - t0:.2f}s")
# %%
best = {"W": W.copy(), "acc": history["acc"][-1]}
# %%
folds = []
for train, test in KFold(3, shuffle=True, random_state=None).split(X):
    w = np.linalg.lstsq(X[train], np.eye(10)[y[train]], rcond=1e-8)[0]
    folds.append((np.argmax(X[test] @ w, 1) == y[test]).mean())
# %%
np.mean(folds), np.std(folds)
# %%
W[:] = 0
evaluate(W, B)
# %%
W = best["W"]
print("accuracy:", evaluate(W, B), "cv", np.mean(folds))
