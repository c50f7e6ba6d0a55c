# Style: course. Train and validation losses in a history dictionary, printed every other epoch with bars.

# %%
import numpy as np
import pandas as pd
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
import matplotlib.pyplot as plt

DEVICE = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print(DEVICE)

# %%
df = pd.read_csv('data/auto-mpg.csv')
Y = torch.tensor(df[['mpg', 'acceleration']].values, dtype=torch.float32)
X = df.drop(columns=['mpg', 'acceleration'])
X = torch.tensor(((X - X.mean()) / X.std()).values, dtype=torch.float32)
n_train = 300
train_loader = DataLoader(TensorDataset(X[:n_train], Y[:n_train]), batch_size=30, shuffle=True)

# %%
class Net(nn.Module):
    def __init__(self, n_in, n_hidden, p_drop):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(n_in, n_hidden), nn.Tanh(), nn.Dropout(p_drop))
        self.head = nn.Linear(n_hidden, 2)
    def forward(self, x):
        return self.head(self.body(x))

torch.manual_seed(17)
net = Net(n_in=X.shape[1], n_hidden=40, p_drop=0.05).to(DEVICE)
optimizer = torch.optim.Adam(net.parameters(), lr=0.03)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=4, gamma=0.5)
criterion = nn.SmoothL1Loss()

# %%
history = {'train': [], 'valid': []}
for epoch in range(1, 11):
    net.train()
    total = 0
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = criterion(net(xb), yb)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(xb)
    net.eval()
    with torch.no_grad():
        valid = criterion(net(X[n_train:]), Y[n_train:]).item()
    history['train'].append(total / n_train)
    history['valid'].append(valid)
    scheduler.step()
    if epoch % 2 == 0:
        print('Epoch: {:02d} | Train Loss: {:.3f} | Valid Loss: {:.3f}'.format(epoch, total / n_train, valid))

# %%
plt.plot(history['train']); plt.plot(history['valid']); plt.ylim(0, 10)
torch.save(net, 'net.pt')
