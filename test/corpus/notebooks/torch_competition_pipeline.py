# Style: competition. CFG class, train_fn and valid_fn with meters, folds, a logger that prints and writes.

# %%
import os, time, math, random
from logging import getLogger, INFO, FileHandler, StreamHandler, Formatter
import sys
import numpy as np
import pandas as pd
import torch
import torch.nn as nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR
from torch.utils.data import Dataset, DataLoader
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

OUTPUT_DIR = './out/'
if not os.path.exists(OUTPUT_DIR):
    os.makedirs(OUTPUT_DIR)

# %%
class CFG:
    debug = False
    print_freq = 5
    num_workers = 0
    model_name = 'mlp'
    hidden = 48
    dropout = 0.1
    epochs = 3
    T_max = 3
    lr = 3e-3
    min_lr = 1e-5
    weight_decay = 1e-2
    batch_size = 128
    max_grad_norm = 1000
    seed = 42
    n_fold = 3
    trn_fold = [0, 1]
    target_col = 'target'

# %%
def init_logger(log_file=OUTPUT_DIR + 'train.log'):
    logger = getLogger(__name__)
    logger.setLevel(INFO)
    logger.propagate = False
    for handler in (StreamHandler(sys.stdout), FileHandler(filename=log_file)):
        handler.setFormatter(Formatter("%(message)s"))
        logger.addHandler(handler)
    return logger

LOGGER = init_logger()

def seed_torch(seed=42):
    random.seed(seed)
    os.environ['PYTHONHASHSEED'] = str(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True

seed_torch(seed=CFG.seed)

class AverageMeter(object):
    """Computes and stores the average and current value"""
    def __init__(self):
        self.val = self.avg = self.sum = self.count = 0

    def update(self, val, n=1):
        self.val = val
        self.sum += val * n
        self.count += n
        self.avg = self.sum / self.count

# %%
train = pd.read_csv('data/train.csv')
feats = [c for c in train if c[0] == 'f']
train['fold'] = -1
for n, (_, val_index) in enumerate(StratifiedKFold(n_splits=CFG.n_fold, shuffle=True, random_state=CFG.seed).split(train, train[CFG.target_col])):
    train.loc[val_index, 'fold'] = n
print(train.groupby(['fold', CFG.target_col]).size())

# %%
class TrainDataset(Dataset):
    def __init__(self, df):
        self.x = df[feats].values.astype('float32')
        self.y = df[CFG.target_col].values.astype('float32')
    def __len__(self):
        return len(self.y)
    def __getitem__(self, i):
        return self.x[i], self.y[i]

class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(len(feats), CFG.hidden), nn.ReLU(), nn.Dropout(CFG.dropout), nn.Linear(CFG.hidden, 1))
    def forward(self, x):
        return self.net(x).squeeze(-1)

# %%
def train_fn(train_loader, model, criterion, optimizer, epoch, scheduler):
    losses = AverageMeter()
    model.train()
    start = time.time()
    for step, (x, y) in enumerate(train_loader):
        loss = criterion(model(x), y)
        losses.update(loss.item(), y.size(0))
        loss.backward()
        grad_norm = torch.nn.utils.clip_grad_norm_(model.parameters(), CFG.max_grad_norm)
        optimizer.step()
        optimizer.zero_grad()
        if step % CFG.print_freq == 0 or step == (len(train_loader) - 1):
            print('Epoch: [{0}][{1}/{2}] Elapsed {3:.1f}s Loss: {loss.val:.4f}({loss.avg:.4f}) Grad: {grad:.4f}  LR: {lr:.6f}'.format(
                epoch + 1, step, len(train_loader), time.time() - start, loss=losses, grad=grad_norm, lr=scheduler.get_last_lr()[0]))
    scheduler.step()
    return losses.avg

def valid_fn(valid_loader, model, criterion):
    losses = AverageMeter()
    model.eval()
    preds = []
    with torch.no_grad():
        for x, y in valid_loader:
            out = model(x)
            losses.update(criterion(out, y).item(), y.size(0))
            preds.append(out.sigmoid().numpy())
    return losses.avg, np.concatenate(preds)

# %%
def train_loop(folds, fold):
    LOGGER.info(f"========== fold: {fold} training ==========")
    tr, va = folds[folds.fold != fold], folds[folds.fold == fold]
    train_loader = DataLoader(TrainDataset(tr), batch_size=CFG.batch_size, shuffle=True, num_workers=CFG.num_workers, drop_last=True)
    valid_loader = DataLoader(TrainDataset(va), batch_size=CFG.batch_size * 2, shuffle=False)
    model = Model()
    optimizer = AdamW(model.parameters(), lr=CFG.lr, weight_decay=CFG.weight_decay)
    scheduler = CosineAnnealingLR(optimizer, T_max=CFG.T_max, eta_min=CFG.min_lr)
    criterion = nn.BCEWithLogitsLoss()
    best_score = 0
    for epoch in range(CFG.epochs):
        start_time = time.time()
        avg_loss = train_fn(train_loader, model, criterion, optimizer, epoch, scheduler)
        avg_val_loss, preds = valid_fn(valid_loader, model, criterion)
        score = roc_auc_score(va[CFG.target_col], preds)
        elapsed = time.time() - start_time
        LOGGER.info(f'Epoch {epoch+1} - avg_train_loss: {avg_loss:.4f}  avg_val_loss: {avg_val_loss:.4f}  time: {elapsed:.0f}s')
        LOGGER.info(f'Epoch {epoch+1} - Score: {score:.4f}')
        if score > best_score:
            best_score = score
            LOGGER.info(f'Epoch {epoch+1} - Save Best Score: {best_score:.4f} Model')
            torch.save({'model': model.state_dict(), 'preds': preds}, OUTPUT_DIR + f'{CFG.model_name}_fold{fold}_best.pth')
    va = va.copy()
    va['preds'] = torch.load(OUTPUT_DIR + f'{CFG.model_name}_fold{fold}_best.pth', weights_only=False)['preds']
    return va

# %%
oof_df = pd.DataFrame()
for fold in range(CFG.n_fold):
    if fold in CFG.trn_fold:
        oof_df = pd.concat([oof_df, train_loop(train, fold)])
LOGGER.info("========== CV ==========")
LOGGER.info(f"Score: {roc_auc_score(oof_df[CFG.target_col], oof_df['preds']):<.4f}")
oof_df.to_csv(OUTPUT_DIR + 'oof_df.csv', index=False)
