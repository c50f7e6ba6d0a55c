# Style: competition. A Trainer class of its own; epoch summaries in one long f-string.

# %%
import random, time
import numpy as np
import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR
from torch.utils.data import DataLoader, TensorDataset

# %%
hp = {'bs': 64, 'epochs': 4, 'max_lr': 8e-3, 'wd': 5e-4, 'emb': 20, 'margin': 0.5, 'seed': 88}

def fix(seed):
    random.seed(seed); np.random.seed(seed); torch.manual_seed(seed)
fix(hp['seed'])

# %%
z = np.load('data/images.npz')
X = torch.tensor(z['X']).float().flatten(1) / 255
y = torch.tensor(z['y'])
dl = DataLoader(TensorDataset(X[:900], y[:900]), batch_size=hp['bs'], shuffle=True, drop_last=True)

# %%
class Trainer:
    def __init__(self, model, hp, steps):
        self.model, self.hp = model, hp
        self.opt = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=hp['wd'])
        self.sched = OneCycleLR(self.opt, max_lr=hp['max_lr'], epochs=hp['epochs'], steps_per_epoch=steps)
        self.lossf = nn.TripletMarginLoss(margin=hp['margin'])

    def triplets(self, yb):
        pos = torch.stack([random.choice((yb == c).nonzero().flatten()) for c in yb])
        neg = torch.stack([random.choice((yb != c).nonzero().flatten()) for c in yb])
        return pos, neg

    def fit(self, dl):
        for ep in range(self.hp['epochs']):
            t0, run = time.time(), []
            for xb, yb in dl:
                e = self.model(xb)
                p, n = self.triplets(yb)
                loss = self.lossf(e, e[p], e[n])
                self.opt.zero_grad(); loss.backward(); self.opt.step(); self.sched.step()
                run.append(loss.item())
            print(f"[{ep + 1}/{self.hp['epochs']}] triplet_loss={np.mean(run):.4f} knn_acc={self.knn():.3f} lr={self.sched.get_last_lr()[0]:.2e} ({time.time() - t0:.1f}s)")

    @torch.no_grad()
    def knn(self):
        d = torch.cdist(self.model(X[900:]), self.model(X[:900]))
        return (y[:900][d.argmin(1)] == y[900:]).float().mean().item()

t = Trainer(nn.Sequential(nn.Linear(144, 64), nn.ReLU(), nn.Linear(64, hp['emb'])), hp, len(dl))
t.fit(dl)

# %%
t.knn()
