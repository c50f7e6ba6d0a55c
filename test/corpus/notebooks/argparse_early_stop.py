# Style: personal. A script pasted into cells: argparse with an empty list, early stopping, a saved checkpoint.

# %%
import argparse
import copy
import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F

# %%
parser = argparse.ArgumentParser(description='sentiment baseline')
parser.add_argument('--data', type=str, default='data/reviews.csv')
parser.add_argument('--lr', type=float, default=0.01)
parser.add_argument('--wd', type=float, default=1e-5, help='weight decay')
parser.add_argument('--epochs', type=int, default=12)
parser.add_argument('--batch-size', type=int, default=50)
parser.add_argument('--emb-dim', type=int, default=24)
parser.add_argument('--patience', type=int, default=3)
parser.add_argument('--seed', type=int, default=99)
parser.add_argument('--log-interval', type=int, default=1)
parser.add_argument('--no-cuda', action='store_true')
args = parser.parse_args([])
args

# %%
torch.manual_seed(args.seed)
df = pd.read_csv(args.data)
vocab = {w: i + 1 for i, w in enumerate(sorted({w for t in df.review for w in t.split()}))}
max_len = 30
def encode(t):
    ids = [vocab[w] for w in t.split()][:max_len]
    return ids + [0] * (max_len - len(ids))
X = torch.tensor([encode(t) for t in df.review])
y = torch.tensor((df.sentiment == 'positive').astype(float).values, dtype=torch.float32)
train_X, val_X, test_X = X[:500], X[500:650], X[650:]
train_y, val_y, test_y = y[:500], y[500:650], y[650:]

# %%
class Bag(torch.nn.Module):
    def __init__(self, n, d):
        super().__init__()
        self.emb = torch.nn.Embedding(n, d, padding_idx=0)
        self.out = torch.nn.Linear(d, 1)
    def forward(self, x):
        return self.out(self.emb(x).mean(1)).squeeze(1)

model = Bag(len(vocab) + 1, args.emb_dim)
optimizer = torch.optim.Adam(model.parameters(), lr=args.lr, weight_decay=args.wd)

# %%
def evaluate(X, y):
    model.eval()
    with torch.no_grad():
        out = model(X)
    return F.binary_cross_entropy_with_logits(out, y).item(), ((out > 0) == (y > 0.5)).float().mean().item()

best_loss, wait, best_state = float('inf'), 0, None
for epoch in range(1, args.epochs + 1):
    model.train()
    total = 0
    for i in range(0, len(train_X), args.batch_size):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(model(train_X[i:i + args.batch_size]), train_y[i:i + args.batch_size])
        loss.backward()
        optimizer.step()
        total += loss.item()
    val_loss, val_acc = evaluate(val_X, val_y)
    if epoch % args.log_interval == 0:
        print('Epoch: {:03d}, Train Loss: {:.4f}, Val Loss: {:.4f}, Val Acc: {:.4f}'.format(epoch, total / (len(train_X) / args.batch_size), val_loss, val_acc))
    if val_loss < best_loss:
        best_loss, wait, best_state = val_loss, 0, copy.deepcopy(model.state_dict())
    else:
        wait += 1
        if wait >= args.patience:
            print(f'Early stopping at epoch {epoch}')
            break

# %%
model.load_state_dict(best_state)
test_loss, test_acc = evaluate(test_X, test_y)
print(f'Test set results: loss= {test_loss:.4f} accuracy= {test_acc:.4f}')
torch.save(best_state, 'checkpoint.pt')
