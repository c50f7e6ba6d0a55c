# Style: library documentation. A LightningModule whose steps log; the trainer validates each epoch.

# %%
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
import lightning as L

# %%
with np.load("data/images.npz") as f:
    X = torch.tensor(f["X"] / 255.0).float().flatten(1)
    y = torch.tensor(f["y"])
train_set, val_set = TensorDataset(X[:900], y[:900]), TensorDataset(X[900:], y[900:])

# %%
class LitClassifier(L.LightningModule):
    def __init__(self, hidden_dim=64, learning_rate=1e-2, dropout=0.2):
        super().__init__()
        self.save_hyperparameters()
        self.net = nn.Sequential(nn.Linear(144, hidden_dim), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden_dim, 4))

    def training_step(self, batch, batch_idx):
        x, y = batch
        loss = F.cross_entropy(self.net(x), y)
        self.log("train_loss", loss, on_step=False, on_epoch=True)
        return loss

    def validation_step(self, batch, batch_idx):
        x, y = batch
        logits = self.net(x)
        self.log("val_loss", F.cross_entropy(logits, y), prog_bar=True)
        self.log("val_acc", (logits.argmax(1) == y).float().mean(), prog_bar=True)

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=self.hparams.learning_rate)

# %%
L.seed_everything(7)
model = LitClassifier(hidden_dim=48)
trainer = L.Trainer(max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False, gradient_clip_val=1.0, enable_model_summary=False)
trainer.fit(model, DataLoader(train_set, batch_size=50, shuffle=True), DataLoader(val_set, batch_size=300))

# %%
trainer.callback_metrics
