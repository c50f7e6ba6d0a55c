# Style: course. Skip-gram with negative sampling in numpy; the loss by epoch, and two similarities at the end.

# %%
import re
import numpy as np
from collections import Counter

# %%
text = open('data/input.txt').read().lower()
tokens = re.findall(r"[a-z']+", text)[:3000]
vocab = [w for w, c in Counter(tokens).most_common() if c >= 2]
word_to_ix = {w: i for i, w in enumerate(vocab)}
ids = np.array([word_to_ix[w] for w in tokens if w in word_to_ix])
print('vocab size:', len(vocab))
print('number of tokens:', len(ids))

# %%
EMBED_DIM = 16
WINDOW_SIZE = 2
NEG_SAMPLES = 4
LEARNING_RATE = 0.05
N_EPOCHS = 3

np.random.seed(0)
W_in = np.random.uniform(-0.5, 0.5, (len(vocab), EMBED_DIM)) / EMBED_DIM
W_out = np.zeros((len(vocab), EMBED_DIM))

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %%
def train_pair(center, context, lr):
    negs = np.random.randint(0, len(vocab), NEG_SAMPLES)
    targets = np.concatenate([[context], negs])
    labels = np.zeros(len(targets)); labels[0] = 1
    v = W_in[center]
    p = sigmoid(W_out[targets] @ v)
    g = (p - labels)[:, None]
    W_in[center] -= lr * (g * W_out[targets]).sum(0)
    W_out[targets] -= lr * g * v
    return -np.log(p[0] + 1e-9) - np.log(1 - p[1:] + 1e-9).sum()

for ep in range(N_EPOCHS):
    total = 0.0
    n_pairs = 0
    for i in range(WINDOW_SIZE, len(ids) - WINDOW_SIZE):
        for j in range(-WINDOW_SIZE, WINDOW_SIZE + 1):
            if j:
                total += train_pair(ids[i], ids[i + j], LEARNING_RATE)
                n_pairs += 1
    print(f'Epoch: {ep + 1}\tavg loss per pair: {total / n_pairs:.4f}\t({n_pairs} pairs)')

# %%
def similarity(a, b):
    va, vb = W_in[word_to_ix[a]], W_in[word_to_ix[b]]
    return va @ vb / (np.linalg.norm(va) * np.linalg.norm(vb))

a, b, c = vocab[:3]
print(f'sim({a}, {b}) = {similarity(a, b):.3f}')
print(f'sim({a}, {c}) = {similarity(a, c):.3f}')
