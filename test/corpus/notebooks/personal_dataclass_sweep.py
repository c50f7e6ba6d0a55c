# Style: personal. A dataclass of settings, an own network, a list of dictionaries as the log.

# %%
from dataclasses import dataclass, asdict
import numpy as np
import pandas as pd
from sklearn.datasets import make_moons

# %%
@dataclass
class Config:
    hidden: int = 16
    lr: float = 0.3
    epochs: int = 60
    batch_size: int = 32
    weight_decay: float = 1e-4
    noise: float = 0.2
    seed: int = 5
    name: str = "moons-tanh"

cfg = Config(lr=0.5)
asdict(cfg)

# %%
rng = np.random.default_rng(cfg.seed)
X, y = make_moons(600, noise=cfg.noise, random_state=cfg.seed)
Xtr, ytr, Xte, yte = X[:450], y[:450], X[450:], y[450:]

# %%
W1 = rng.normal(0, 1, (2, cfg.hidden)); b1 = np.zeros(cfg.hidden)
W2 = rng.normal(0, 1, (cfg.hidden, 1)) / np.sqrt(cfg.hidden); b2 = np.zeros(1)
history = []
for epoch in range(cfg.epochs):
    idx = rng.permutation(len(Xtr))
    for k in range(0, len(idx), cfg.batch_size):
        j = idx[k:k + cfg.batch_size]
        H = np.tanh(Xtr[j] @ W1 + b1)
        P = 1 / (1 + np.exp(-(H @ W2 + b2)))
        g = (P - ytr[j, None]) / len(j)
        gH = g @ W2.T * (1 - H ** 2)
        W2 -= cfg.lr * (H.T @ g + cfg.weight_decay * W2); b2 -= cfg.lr * g.sum(0)
        W1 -= cfg.lr * (Xtr[j].T @ gH + cfg.weight_decay * W1); b1 -= cfg.lr * gH.sum(0)
    prob = 1 / (1 + np.exp(-(np.tanh(Xte @ W1 + b1) @ W2 + b2)))[:, 0]
    val_loss = -np.mean(yte * np.log(prob + 1e-9) + (1 - yte) * np.log(1 - prob + 1e-9))
    val_acc = np.mean((prob > 0.5) == yte)
    history.append({"epoch": epoch, "val_loss": val_loss, "val_acc": val_acc})

# %%
log = pd.DataFrame(history)
log.tail()

# %%
log.to_csv("log.csv", index=False)
print(f"final: loss={log.val_loss.iloc[-1]:.3f} acc={log.val_acc.iloc[-1]:.1%}")
