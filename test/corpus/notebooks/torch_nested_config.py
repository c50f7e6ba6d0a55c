# Style: competition. A nested config; the optimizer is made two cells before the loop that trains.

# %%
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

config = {
    'model': {'hidden': 48, 'dropout': 0.1},
    'optim': {'lr': 3e-3, 'weight_decay': 1e-4},
    'train': {'epochs': 4, 'batch_size': 64},
    'seed': 11,
}
torch.manual_seed(config['seed'])
np.random.seed(config['seed'])

# %%
images = np.load('data/images.npz')
X = torch.tensor(images['X'].reshape(len(images['X']), -1), dtype=torch.float32) / 255
y = torch.tensor(images['y']).long()
perm = torch.randperm(len(X))
tr, va = perm[:1000], perm[1000:]
train_dl = DataLoader(TensorDataset(X[tr], y[tr]), batch_size=config['train']['batch_size'], shuffle=True)

# %%
net = nn.Sequential(
    nn.Linear(X.shape[1], config['model']['hidden']),
    nn.GELU(),
    nn.Dropout(config['model']['dropout']),
    nn.Linear(config['model']['hidden'], 4),
)
opt = torch.optim.AdamW(net.parameters(), lr=config['optim']['lr'], weight_decay=config['optim']['weight_decay'])

# %%
loss_fn = nn.CrossEntropyLoss(label_smoothing=0.05)

# %%
for epoch in range(1, config['train']['epochs'] + 1):
    net.train()
    running = 0.0
    for xb, yb in train_dl:
        opt.zero_grad()
        loss = loss_fn(net(xb), yb)
        loss.backward()
        opt.step()
        running += loss.item() * len(xb)
    net.eval()
    with torch.no_grad():
        out = net(X[va])
        val_loss = loss_fn(out, y[va]).item()
        val_acc = (out.argmax(1) == y[va]).float().mean().item()
    print(f"[{epoch:02d}/{config['train']['epochs']}] train {running / len(tr):.4f} | valid {val_loss:.4f} | acc {val_acc:.2%}")
