# Style: course. A small Learner in the way of fast.ai: callbacks, one cycle, a table that grows line by line, a rate finder.

# %%
import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
import matplotlib.pyplot as plt
from sklearn.datasets import load_digits

# %%
d = load_digits()
x, y = torch.tensor(d.data / 16., dtype=torch.float32), torch.tensor(d.target)
torch.manual_seed(1)
idx = torch.randperm(len(x))
n_valid = 360
bs = 64
train_dl = DataLoader(TensorDataset(x[idx[n_valid:]], y[idx[n_valid:]]), bs, shuffle=True)
valid_dl = DataLoader(TensorDataset(x[idx[:n_valid]], y[idx[:n_valid]]), bs * 2)

# %%
def get_model(nh=50, p=0.1):
    return nn.Sequential(nn.Linear(64, nh), nn.ReLU(), nn.Dropout(p), nn.Linear(nh, 10))

def accuracy(out, yb):
    return (out.argmax(1) == yb).float().mean()

# %%
class Learner:
    def __init__(self, model, dls, loss_func=F.cross_entropy, opt_func=torch.optim.SGD, metrics=(), wd=0.):
        self.model, self.dls, self.loss_func, self.metrics = model, dls, loss_func, metrics
        self.opt_func, self.wd = opt_func, wd

    def fit_one_cycle(self, n_epoch, lr_max, div=25., pct_start=0.25):
        opt = self.opt_func(self.model.parameters(), lr=lr_max, weight_decay=self.wd)
        total, n = n_epoch * len(self.dls[0]), 0
        self.losses, self.lrs = [], []
        print(f"{'epoch':<8}{'train_loss':<12}{'valid_loss':<12}{'accuracy':<10}")
        for epoch in range(n_epoch):
            self.model.train()
            run = 0.
            for xb, yb in self.dls[0]:
                t = n / total
                lr = lr_max / div + (lr_max - lr_max / div) * (t / pct_start if t < pct_start else (1 - t) / (1 - pct_start))
                for g in opt.param_groups: g["lr"] = lr
                loss = self.loss_func(self.model(xb), yb)
                loss.backward(); opt.step(); opt.zero_grad()
                self.losses.append(loss.item()); self.lrs.append(lr)
                run += loss.item(); n += 1
            self.model.eval()
            with torch.no_grad():
                outs = [(self.model(xb), yb) for xb, yb in self.dls[1]]
                o, t_ = torch.cat([a for a, _ in outs]), torch.cat([b for _, b in outs])
                vl, acc = self.loss_func(o, t_), accuracy(o, t_)
            print(f"{epoch:<8}{run / len(self.dls[0]):<12.6f}{vl.item():<12.6f}{acc.item():<10.6f}")
        self.final = acc.item()

# %%
learn = Learner(get_model(nh=64), (train_dl, valid_dl), opt_func=torch.optim.AdamW, metrics=[accuracy], wd=0.01)
learn.fit_one_cycle(5, 1e-2)

# %%
fig, axs = plt.subplots(1, 2, figsize=(8, 3))
axs[0].plot(learn.losses); axs[1].plot(learn.lrs)
plt.show()

# %%
learn.final

# %%
torch.save(learn.model, "export.pkl")
