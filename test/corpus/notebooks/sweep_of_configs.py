# Style: personal. A grid of settings by itertools, one small net each; results sorted in a frame, written as CSV.

# %%
import itertools
import json
import numpy as np
import pandas as pd
import torch
from torch import nn
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

# %%
X, y = load_wine(return_X_y=True)
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.3, random_state=3)
sc = StandardScaler().fit(X_tr)
X_tr, X_te = [torch.tensor(sc.transform(a), dtype=torch.float32) for a in (X_tr, X_te)]
y_tr, y_te = torch.tensor(y_tr), torch.tensor(y_te)

# %%
base = {'epochs': 15, 'optimizer': 'adam', 'batch_size': 16}
grid = {'lr': [1e-2, 1e-3], 'hidden': [8, 32], 'dropout': [0.0, 0.2]}

def train(cfg, verbose=False):
    torch.manual_seed(cfg.get('seed', 11))
    net = nn.Sequential(nn.Linear(13, cfg['hidden']), nn.ReLU(), nn.Dropout(cfg['dropout']), nn.Linear(cfg['hidden'], 3))
    opt = {'adam': torch.optim.Adam, 'sgd': torch.optim.SGD}[cfg['optimizer']](net.parameters(), lr=cfg['lr'])
    crit = nn.CrossEntropyLoss()
    for ep in range(cfg['epochs']):
        net.train()
        for b in torch.randperm(len(X_tr)).split(cfg['batch_size']):
            opt.zero_grad()
            l = crit(net(X_tr[b]), y_tr[b])
            l.backward()
            opt.step()
    net.eval()
    with torch.no_grad():
        logits = net(X_te)
    return {'test_loss': crit(logits, y_te).item(), 'test_acc': (logits.argmax(1) == y_te).float().mean().item()}

# %%
results = []
for i, values in enumerate(itertools.product(*grid.values())):
    cfg = {**base, **dict(zip(grid, values))}
    out = train(cfg)
    results.append({**cfg, **out})
    print(f"[{i + 1}/8] {json.dumps(dict(zip(grid, values)))} -> loss={out['test_loss']:.4f} acc={out['test_acc']:.4f}")

# %%
table = pd.DataFrame(results).sort_values('test_acc', ascending=False)
table.to_csv('sweep.csv', index=False)
table.head()

# %%
best = table.iloc[0]
print('Best accuracy', best.test_acc, 'with lr', best.lr, 'hidden', best.hidden)
