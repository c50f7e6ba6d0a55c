# Style: personal. A dataclass of settings and a home-made Trainer with a history, a bar and early stopping.

# %%
import math
import time
from dataclasses import dataclass, asdict, field
import numpy as np
import pandas as pd
import torch
import torch.nn as nn
from tqdm.auto import tqdm

# %%
@dataclass
class TrainConfig:
    lr: float = 1e-3
    weight_decay: float = 1e-4
    batch_size: int = 32
    max_epochs: int = 8
    patience: int = 3
    hidden: tuple = (32, 16)
    grad_clip: float = 1.0
    device: str = 'cpu'

cfg = TrainConfig(lr=5e-3, max_epochs=7)

# %%
df = pd.read_csv('data/auto-mpg.csv')
feats = ['cylinders', 'horsepower', 'weight', 'acceleration', 'model_year']
x = torch.tensor(((df[feats] - df[feats].mean()) / df[feats].std()).values, dtype=torch.float32)
t = torch.tensor(df['mpg'].values, dtype=torch.float32)[:, None]
perm = torch.randperm(len(x), generator=torch.Generator().manual_seed(7))
val_idx, trn_idx = perm[:80], perm[80:]

# %%
class Trainer:
    def __init__(self, model, cfg):
        self.model = model
        self.cfg = cfg
        self.opt = torch.optim.AdamW(model.parameters(), lr=cfg.lr, weight_decay=cfg.weight_decay)
        self.sched = torch.optim.lr_scheduler.CosineAnnealingLR(self.opt, T_max=cfg.max_epochs)
        self.history = {'train_loss': [], 'val_loss': [], 'val_mae': []}
        self.best = math.inf
        self.bad = 0

    def _train_one(self):
        self.model.train()
        running = []
        idx = trn_idx[torch.randperm(len(trn_idx))]
        for b in idx.split(self.cfg.batch_size):
            self.opt.zero_grad()
            loss = nn.functional.mse_loss(self.model(x[b]), t[b])
            loss.backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), self.cfg.grad_clip)
            self.opt.step()
            running.append(loss.item())
        self.sched.step()
        return np.mean(running)

    @torch.no_grad()
    def _validate(self):
        self.model.eval()
        p = self.model(x[val_idx])
        return nn.functional.mse_loss(p, t[val_idx]).item(), (p - t[val_idx]).abs().mean().item()

    def fit(self):
        bar = tqdm(range(self.cfg.max_epochs), desc='training')
        for epoch in bar:
            tr = self._train_one()
            vl, mae = self._validate()
            self.history['train_loss'].append(tr)
            self.history['val_loss'].append(vl)
            self.history['val_mae'].append(mae)
            bar.set_postfix(train=f'{tr:.3f}', val=f'{vl:.3f}', mae=f'{mae:.3f}')
            if vl < self.best:
                self.best, self.bad = vl, 0
            else:
                self.bad += 1
                if self.bad >= self.cfg.patience:
                    print(f'early stop at epoch {epoch}')
                    break
        return self

# %%
layers, n_in = [], x.shape[1]
for width in cfg.hidden:
    layers += [nn.Linear(n_in, width), nn.SiLU()]
    n_in = width
model = nn.Sequential(*layers, nn.Linear(n_in, 1))
trainer = Trainer(model, cfg).fit()

# %%
hist = pd.DataFrame(trainer.history)
hist.tail(3)

# %%
print(f'best val_loss={trainer.best:.4f}')
