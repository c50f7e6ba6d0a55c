# Style: library documentation. The Trainer with a tiny model of random weights, compute_metrics, evaluate.

# %%
import numpy as np
import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments, set_seed

set_seed(42)

# %% [markdown]
# The task: does token 7 occur more often than token 8?

# %%
class Sequences(torch.utils.data.Dataset):
    def __init__(self, n, seed):
        rng = np.random.default_rng(seed)
        self.ids = rng.integers(5, 12, (n, 12))
        self.labels = ((self.ids == 7).sum(1) > (self.ids == 8).sum(1)).astype(int)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return {"input_ids": torch.tensor(self.ids[i]), "attention_mask": torch.ones(12, dtype=torch.long), "labels": int(self.labels[i])}

train_dataset, eval_dataset = Sequences(320, 0), Sequences(120, 1)

# %%
config = BertConfig(vocab_size=16, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=48, num_labels=2)
model = BertForSequenceClassification(config)

# %%
def compute_metrics(eval_pred):
    logits, labels = eval_pred
    predictions = np.argmax(logits, axis=-1)
    return {"accuracy": float((predictions == labels).mean())}

training_args = TrainingArguments(
    output_dir="test_trainer",
    eval_strategy="epoch",
    save_strategy="no",
    learning_rate=5e-4,
    per_device_train_batch_size=32,
    per_device_eval_batch_size=64,
    num_train_epochs=3,
    weight_decay=0.01,
    warmup_steps=4,
    logging_steps=5,
    report_to="none",
    use_cpu=True,
)

# %%
trainer = Trainer(model=model, args=training_args, train_dataset=train_dataset, eval_dataset=eval_dataset, compute_metrics=compute_metrics)
trainer.train()

# %%
metrics = trainer.evaluate()
print(metrics)
