# Style: course. A network from scratch in PyTorch; one header line, then aligned columns without names.

# %%
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)

# %%
npz = np.load('data/images.npz')
X = torch.tensor(npz['X'] / 255., dtype=torch.float32).unsqueeze(1)
y = torch.tensor(npz['y'], dtype=torch.long)
n_train = 900
bs = 64
train_dl = DataLoader(TensorDataset(X[:n_train], y[:n_train]), batch_size=bs, shuffle=True)
valid_dl = DataLoader(TensorDataset(X[n_train:], y[n_train:]), batch_size=bs * 2)

# %%
class Net(nn.Module):
    def __init__(self, hidden=64, p=0.25):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.fc1 = nn.Linear(8 * 5 * 5, hidden)
        self.drop = nn.Dropout(p)
        self.fc2 = nn.Linear(hidden, 4)
    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.conv(x)), 2)
        return self.fc2(self.drop(torch.relu(self.fc1(x.flatten(1)))))

def run_epoch(model, dl, loss_func, opt=None):
    tot, correct, n = 0., 0, 0
    for xb, yb in dl:
        out = model(xb)
        loss = loss_func(out, yb)
        if opt is not None:
            loss.backward()
            opt.step()
            opt.zero_grad()
        tot += loss.item() * len(xb)
        correct += (out.argmax(1) == yb).sum().item()
        n += len(xb)
    return tot / n, correct / n

# %%
lr, epochs = 0.05, 6
model = Net()
opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
loss_func = nn.CrossEntropyLoss()
print('epoch | train loss | valid loss | valid acc')
print('-' * 42)
for epoch in range(epochs):
    model.train()
    tl, _ = run_epoch(model, train_dl, loss_func, opt)
    model.eval()
    with torch.no_grad():
        vl, va = run_epoch(model, valid_dl, loss_func)
    print(f'{epoch:>5} | {tl:10.4f} | {vl:10.4f} | {va:9.2%}')

# %%
torch.save(model.state_dict(), 'net.pt')
