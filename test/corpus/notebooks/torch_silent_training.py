# Style: personal. A function trains and returns nothing; only one figure is looked at afterwards.

# %%
import torch, torch.nn as nn, pandas as pd
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)

# %%
cars = pd.read_csv('data/auto-mpg.csv')
y = torch.tensor(cars.pop('mpg').values, dtype=torch.float32)[:, None]
x = torch.tensor(((cars - cars.mean()) / cars.std()).values, dtype=torch.float32)

# %%
def fit(width=32, lr=0.01, wd=1e-3, epochs=15, bs=40):
    model = nn.Sequential(nn.Linear(x.shape[1], width), nn.SiLU(), nn.Linear(width, 1))
    opt = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=wd)
    for _ in range(epochs):
        for xb, yb in DataLoader(TensorDataset(x[:320], y[:320]), batch_size=bs, shuffle=True):
            opt.zero_grad()
            nn.functional.mse_loss(model(xb), yb).backward()
            opt.step()
    return model

model = fit(width=48, lr=0.02)

# %%
with torch.no_grad():
    err = (model(x[320:]) - y[320:]).abs().mean()
err
