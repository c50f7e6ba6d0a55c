# Style: library documentation. "Train Epoch: 1 [0/1000 (0%)]\tLoss: 0.5" and "====> Epoch: 1 Average loss: 0.4".

# %%
import argparse
import numpy as np
import torch
import torch.utils.data
from torch import nn, optim
from torch.nn import functional as F

# %%
class Args:
    batch_size = 100
    epochs = 3
    log_interval = 5
    latent = 3

args = Args()
torch.manual_seed(1)

# %%
X = torch.tensor(np.load('data/images.npz')['X'][:1000] / 255.0).float()
train_loader = torch.utils.data.DataLoader(X[:800], batch_size=args.batch_size, shuffle=True)
test_loader = torch.utils.data.DataLoader(X[800:], batch_size=args.batch_size)

# %%
class VAE(nn.Module):
    def __init__(self):
        super(VAE, self).__init__()
        self.fc1 = nn.Linear(144, 64)
        self.fc21 = nn.Linear(64, args.latent)
        self.fc22 = nn.Linear(64, args.latent)
        self.fc3 = nn.Linear(args.latent, 64)
        self.fc4 = nn.Linear(64, 144)

    def forward(self, x):
        h1 = F.relu(self.fc1(x.view(-1, 144)))
        mu, logvar = self.fc21(h1), self.fc22(h1)
        z = mu + torch.randn_like(mu) * torch.exp(0.5 * logvar)
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z)))), mu, logvar

model = VAE()
optimizer = optim.Adam(model.parameters(), lr=1e-3)

def loss_function(recon_x, x, mu, logvar):
    BCE = F.binary_cross_entropy(recon_x, x.view(-1, 144), reduction='sum')
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD

# %%
def train(epoch):
    model.train()
    train_loss = 0
    for batch_idx, data in enumerate(train_loader):
        optimizer.zero_grad()
        recon_batch, mu, logvar = model(data)
        loss = loss_function(recon_batch, data, mu, logvar)
        loss.backward()
        train_loss += loss.item()
        optimizer.step()
        if batch_idx % args.log_interval == 0:
            print('Train Epoch: {} [{}/{} ({:.0f}%)]\tLoss: {:.6f}'.format(
                epoch, batch_idx * len(data), len(train_loader.dataset),
                100. * batch_idx / len(train_loader), loss.item() / len(data)))
    print('====> Epoch: {} Average loss: {:.4f}'.format(epoch, train_loss / len(train_loader.dataset)))

def test(epoch):
    model.eval()
    test_loss = 0
    with torch.no_grad():
        for i, data in enumerate(test_loader):
            test_loss += loss_function(*((m := model(data))[0], data, m[1], m[2])).item()
    test_loss /= len(test_loader.dataset)
    print('====> Test set loss: {:.4f}'.format(test_loss))

for epoch in range(1, args.epochs + 1):
    train(epoch)
    test(epoch)
