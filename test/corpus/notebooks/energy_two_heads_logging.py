# Style: personal. argparse with parse_known_args, the logging module, a loop over seeds, results in a frame.
# %%
import argparse, logging, sys
import numpy as np, pandas as pd, torch
from torch import nn
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stdout, force=True)
log = logging.getLogger("train")
# %%
parser = argparse.ArgumentParser()
parser.add_argument("--hidden", type=int, default=32)
parser.add_argument("--lr", type=float, default=0.01)
parser.add_argument("--epochs", type=int, default=6)
parser.add_argument("--batch-size", type=int, default=128)
parser.add_argument("--alpha", type=float, default=0.3, help="weight of the auxiliary loss")
parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
parser.add_argument("--no-amp", action="store_true")
args, _ = parser.parse_known_args([])
log.info("args: %s", vars(args))
# %%
df = pd.read_csv("data/energy.csv")
cols = df.select_dtypes("number").columns
z = (df[cols] - df[cols].mean()) / df[cols].std()
LAGS = 24
series = z[cols[0]].values
X = np.stack([series[i:i + LAGS] for i in range(len(series) - LAGS)]).astype("float32")
y1 = series[LAGS:].astype("float32")
y2 = (np.diff(series[LAGS - 1:]) > 0).astype("float32")
cut = int(0.8 * len(X))
Xtr, Xte = torch.tensor(X[:cut]), torch.tensor(X[cut:])
y1tr, y1te, y2tr, y2te = map(torch.tensor, (y1[:cut], y1[cut:], y2[:cut], y2[cut:]))
log.info("train %d test %d", len(Xtr), len(Xte))
# %%
class TwoHeads(nn.Module):
    def __init__(self, d_in, d_h):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_h), nn.ReLU())
        self.reg, self.cls = nn.Linear(d_h, 1), nn.Linear(d_h, 1)
    def forward(self, x):
        h = self.trunk(x)
        return self.reg(h).squeeze(-1), self.cls(h).squeeze(-1)

def run(seed, args):
    torch.manual_seed(seed)
    net = TwoHeads(LAGS, args.hidden)
    opt = torch.optim.Adam(net.parameters(), lr=args.lr)
    for epoch in range(args.epochs):
        perm = torch.randperm(len(Xtr))
        tot = {"mse": 0.0, "bce": 0.0}
        for i in range(0, len(Xtr), args.batch_size):
            b = perm[i:i + args.batch_size]
            r, c = net(Xtr[b])
            mse = nn.functional.mse_loss(r, y1tr[b])
            bce = nn.functional.binary_cross_entropy_with_logits(c, y2tr[b])
            loss = mse + args.alpha * bce
            opt.zero_grad(); loss.backward(); opt.step()
            tot["mse"] += mse.item() * len(b); tot["bce"] += bce.item() * len(b)
        log.info("seed=%d epoch=%d train_mse=%.4f train_bce=%.4f", seed, epoch, tot["mse"] / len(Xtr), tot["bce"] / len(Xtr))
    with torch.no_grad():
        r, c = net(Xte)
        return {"seed": seed, "test_rmse": ((r - y1te) ** 2).mean().sqrt().item(), "test_acc": ((c > 0) == (y2te > .5)).float().mean().item()}
# %%
results = []
for s in args.seeds:
    res = run(s, args)
    log.info("seed %d -> %s", s, {k: round(v, 4) for k, v in res.items()})
    results.append(res)
# %%
res_df = pd.DataFrame(results).set_index("seed")
print(res_df.round(4).to_string())
print("mean test_rmse %.4f ± %.4f" % (res_df.test_rmse.mean(), res_df.test_rmse.std()))
