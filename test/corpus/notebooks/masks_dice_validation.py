# Style: competition. A small U-Net on made-up masks, Dice and IoU, mixed loss, augmentation with numpy, SWA.
# %%
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F, os, random
from torch.utils.data import Dataset, DataLoader
from tqdm.notebook import tqdm
class CFG:
    seed = 2023
    size = 16
    n_train, n_valid = 96, 32
    bs = 16
    epochs = 3
    lr = 5e-3
    T_max = 3
    bce_weight = 0.5
    thr = 0.5
    device = torch.device("cpu")
def set_seed(seed):
    random.seed(seed); np.random.seed(seed); torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True
set_seed(CFG.seed)
# %%
def make(n):
    imgs, masks = np.zeros((n, CFG.size, CFG.size), "f4"), np.zeros((n, CFG.size, CFG.size), "f4")
    for k in range(n):
        cy, cx, r = np.random.randint(4, 12), np.random.randint(4, 12), np.random.randint(2, 5)
        yy, xx = np.ogrid[:CFG.size, :CFG.size]
        masks[k] = ((yy - cy) ** 2 + (xx - cx) ** 2 <= r * r)
        imgs[k] = masks[k] + np.random.normal(0, 0.4, masks[k].shape)
    return imgs, masks
class SegDS(Dataset):
    def __init__(self, n, train): self.x, self.y = make(n); self.train = train
    def __len__(self): return len(self.x)
    def __getitem__(self, i):
        x, y = self.x[i], self.y[i]
        if self.train and np.random.rand() < 0.5: x, y = x[:, ::-1].copy(), y[:, ::-1].copy()
        return torch.from_numpy(x)[None], torch.from_numpy(y)[None]
train_dl = DataLoader(SegDS(CFG.n_train, True), batch_size=CFG.bs, shuffle=True, num_workers=0)
valid_dl = DataLoader(SegDS(CFG.n_valid, False), batch_size=CFG.bs)
# %%
class UNet(nn.Module):
    def __init__(self, ch=8):
        super().__init__()
        self.d1, self.d2 = nn.Conv2d(1, ch, 3, padding=1), nn.Conv2d(ch, ch * 2, 3, padding=1)
        self.u1, self.o = nn.Conv2d(ch * 3, ch, 3, padding=1), nn.Conv2d(ch, 1, 1)
    def forward(self, x):
        a = F.relu(self.d1(x)); b = F.relu(self.d2(F.max_pool2d(a, 2)))
        return self.o(F.relu(self.u1(torch.cat([a, F.interpolate(b, scale_factor=2)], 1))))
def dice_coef(y_true, y_pred, thr=0.5, eps=1e-3):
    y_pred = (y_pred > thr).float(); inter = (y_true * y_pred).sum((2, 3)); den = y_true.sum((2, 3)) + y_pred.sum((2, 3))
    return ((2 * inter + eps) / (den + eps)).mean()
def iou_coef(y_true, y_pred, thr=0.5, eps=1e-3):
    y_pred = (y_pred > thr).float(); inter = (y_true * y_pred).sum((2, 3)); un = (y_true + y_pred - y_true * y_pred).sum((2, 3))
    return ((inter + eps) / (un + eps)).mean()
def criterion(logits, y):
    p = torch.sigmoid(logits); inter = (p * y).sum(); dice = 1 - (2 * inter + 1) / (p.sum() + y.sum() + 1)
    return CFG.bce_weight * F.binary_cross_entropy_with_logits(logits, y) + (1 - CFG.bce_weight) * dice
# %%
model = UNet().to(CFG.device)
optimizer = torch.optim.AdamW(model.parameters(), lr=CFG.lr, weight_decay=1e-6)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=CFG.T_max, eta_min=1e-6)
best_dice = -np.inf
for epoch in range(1, CFG.epochs + 1):
    print(f"Epoch {epoch}/{CFG.epochs}")
    model.train(); dataset_size, running_loss = 0, 0.0
    pbar = tqdm(train_dl, total=len(train_dl), desc="Train ")
    for imgs, masks in pbar:
        loss = criterion(model(imgs), masks)
        loss.backward(); optimizer.step(); optimizer.zero_grad()
        running_loss += loss.item() * len(imgs); dataset_size += len(imgs)
        epoch_loss = running_loss / dataset_size
        pbar.set_postfix(train_loss=f"{epoch_loss:0.4f}", lr=f"{optimizer.param_groups[0]['lr']:0.5f}")
    scheduler.step()
    model.eval(); val_scores, vloss = [], 0
    with torch.no_grad():
        for imgs, masks in valid_dl:
            out = model(imgs); vloss += criterion(out, masks).item() * len(imgs)
            p = torch.sigmoid(out)
            val_scores.append([dice_coef(masks, p, CFG.thr).item(), iou_coef(masks, p, CFG.thr).item()])
    val_loss = vloss / CFG.n_valid
    val_dice, val_jaccard = np.mean(val_scores, axis=0)
    print(f"Valid Dice: {val_dice:0.4f} | Valid Jaccard: {val_jaccard:0.4f} | Valid Loss: {val_loss:0.4f}")
    if val_dice >= best_dice:
        print(f"Valid Score Improved ({best_dice:0.4f} ---> {val_dice:0.4f})")
        best_dice = val_dice; best_epoch = epoch
        torch.save(model.state_dict(), f"best_epoch-00.bin"); print("Model Saved")
print("Best Score: {:.4f}".format(best_dice))
