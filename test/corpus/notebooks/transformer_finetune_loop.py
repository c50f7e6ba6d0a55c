# Style: docs. A text classifier fine-tuned by hand: set_seed, a scheduler with warm-up, a bar over all steps, sklearn for scores.

# %%
import numpy as np
import pandas as pd
import torch
from torch.utils.data import DataLoader, TensorDataset, random_split
from torch.optim import AdamW
from tqdm.auto import tqdm
from transformers import BertConfig, BertForSequenceClassification, get_linear_schedule_with_warmup, set_seed
from sklearn.metrics import accuracy_score, f1_score, classification_report

set_seed(42)

# %%
MAX_LEN = 24
BATCH_SIZE = 32
EPOCHS = 2
LEARNING_RATE = 5e-4
WARMUP_STEPS = 5
MAX_GRAD_NORM = 1.0

# %%
df = pd.read_csv("data/reviews.csv").sample(320, random_state=1).reset_index(drop=True)
vocab = {w: i + 2 for i, w in enumerate(sorted({w for t in df.review for w in t.split()}))}

def encode(text):
    ids = [vocab.get(w, 1) for w in text.split()][:MAX_LEN]
    return ids + [0] * (MAX_LEN - len(ids))

input_ids = torch.tensor([encode(t) for t in df.review])
attention_mask = (input_ids > 0).long()
labels = torch.tensor((df.sentiment == "positive").astype(int).values)

# %%
dataset = TensorDataset(input_ids, attention_mask, labels)
train_size = int(0.9 * len(dataset))
val_size = len(dataset) - train_size
train_dataset, val_dataset = random_split(dataset, [train_size, val_size])
print('{:>5,} training samples'.format(train_size))
print('{:>5,} validation samples'.format(val_size))
train_loader = DataLoader(train_dataset, batch_size=BATCH_SIZE, shuffle=True)
val_loader = DataLoader(val_dataset, batch_size=BATCH_SIZE)

# %%
config = BertConfig(vocab_size=len(vocab) + 2, hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
                    intermediate_size=64, num_labels=2, max_position_embeddings=MAX_LEN)
model = BertForSequenceClassification(config)
print(f"{sum(p.numel() for p in model.parameters()):,} parameters")

# %%
optimizer = AdamW(model.parameters(), lr=LEARNING_RATE, eps=1e-8)
total_steps = len(train_loader) * EPOCHS
scheduler = get_linear_schedule_with_warmup(optimizer, num_warmup_steps=WARMUP_STEPS, num_training_steps=total_steps)

# %%
def evaluate(model, loader):
    model.eval()
    total_loss, preds, truth = 0, [], []
    for ids, mask, y in loader:
        with torch.no_grad():
            out = model(ids, attention_mask=mask, labels=y)
        total_loss += out.loss.item()
        preds += out.logits.argmax(-1).tolist()
        truth += y.tolist()
    return total_loss / len(loader), preds, truth

# %%
progress_bar = tqdm(range(total_steps))
for epoch in range(EPOCHS):
    print(f'======== Epoch {epoch + 1} / {EPOCHS} ========')
    model.train()
    total_train_loss = 0
    for step, (ids, mask, y) in enumerate(train_loader):
        model.zero_grad()
        out = model(ids, attention_mask=mask, labels=y)
        total_train_loss += out.loss.item()
        out.loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), MAX_GRAD_NORM)
        optimizer.step()
        scheduler.step()
        progress_bar.update(1)
    avg_train_loss = total_train_loss / len(train_loader)
    val_loss, preds, truth = evaluate(model, val_loader)
    val_acc = accuracy_score(truth, preds)
    val_f1 = f1_score(truth, preds, average='weighted', zero_division=0)
    print("  Average training loss: {0:.2f}".format(avg_train_loss))
    print("  Validation Loss: {0:.2f}".format(val_loss))
    print("  Accuracy: {0:.2f}".format(val_acc))
    print(f"  F1: {val_f1:.4f}")

# %%
print(classification_report(truth, preds, target_names=["neg", "pos"], zero_division=0))

# %%
torch.save(model.state_dict(), "model.bin")
