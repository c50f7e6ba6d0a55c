# Style: course. Softmax regression with mini-batches in numpy; tabs between the columns that are printed.

# %%
import numpy as np
from sklearn.datasets import load_digits

# %%
rng = np.random.default_rng(7)
X, y = load_digits(return_X_y=True)
X = X / 16.0
order = rng.permutation(len(X))
X, y = X[order], y[order]
X_tr, y_tr, X_te, y_te = X[:1500], y[:1500], X[1500:], y[1500:]

# %%
lr = 0.5
n_epochs = 12
batch_size = 50
reg = 1e-4
W = rng.normal(0, 0.01, (64, 10))
b = np.zeros(10)

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %%
print("epoch\tloss\ttrain acc\ttest acc")
for epoch in range(n_epochs):
    perm = rng.permutation(len(X_tr))
    running_loss = 0.0
    for i in range(0, len(X_tr), batch_size):
        j = perm[i:i + batch_size]
        P = softmax(X_tr[j] @ W + b)
        running_loss += -np.log(P[np.arange(len(j)), y_tr[j]] + 1e-12).sum()
        P[np.arange(len(j)), y_tr[j]] -= 1
        W -= lr * (X_tr[j].T @ P / len(j) + reg * W)
        b -= lr * P.mean(axis=0)
    loss = running_loss / len(X_tr)
    acc = (np.argmax(X_tr @ W + b, axis=1) == y_tr).mean()
    test_acc = (np.argmax(X_te @ W + b, axis=1) == y_te).mean()
    print(f"{epoch}\t{loss:.4f}\t{acc:.4f}\t{test_acc:.4f}")
