# Style: personal. tqdm with set_postfix, nothing printed during training.

# %%
import numpy as np
import torch
from torch import nn, optim
from torch.utils.data import TensorDataset, DataLoader
from tqdm import tqdm
from sklearn.datasets import make_classification

# %%
X, y = make_classification(1200, 16, n_informative=6)
Xt = torch.from_numpy(X).float()
yt = torch.from_numpy(y).long()
split = 900
train_dl = DataLoader(TensorDataset(Xt[:split], yt[:split]), batch_size=32, shuffle=True)
val_dl = DataLoader(TensorDataset(Xt[split:], yt[split:]), batch_size=300)

# %%
net = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Dropout(0.25), nn.Linear(32, 2))
opt = optim.RMSprop(net.parameters(), lr=2e-3, momentum=0.5)
sched = optim.lr_scheduler.ExponentialLR(opt, gamma=0.9)
crit = nn.CrossEntropyLoss(label_smoothing=0.05)

# %%
def evaluate():
    net.eval()
    with torch.no_grad():
        xb, yb = next(iter(val_dl))
        return (net(xb).argmax(1) == yb).float().mean().item()

EPOCHS = 4
for epoch in range(EPOCHS):
    net.train()
    bar = tqdm(train_dl, desc=f"epoch {epoch + 1}/{EPOCHS}")
    total, seen = 0.0, 0
    for xb, yb in bar:
        opt.zero_grad()
        loss = crit(net(xb), yb)
        loss.backward()
        opt.step()
        total += loss.item() * len(xb)
        seen += len(xb)
        bar.set_postfix(loss=total / seen, lr=opt.param_groups[0]["lr"])
    sched.step()
    tqdm.write(f"val acc {evaluate():.3f}")
