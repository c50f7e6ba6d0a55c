"""Hugging Face Transformers and Lightning: the libraries themselves, in a kernel."""

from __future__ import annotations

from typing import Any

BERT = """
import torch, numpy as np
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments, set_seed
shape = BertConfig(vocab_size=40, hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
                   intermediate_size=8, max_position_embeddings=8)
class Words(torch.utils.data.Dataset):
    def __len__(self): return 16
    def __getitem__(self, i): return {'input_ids': torch.arange(6) + i, 'labels': torch.tensor(i % 2)}
def train():
    set_seed(2)
    arguments = TrainingArguments(output_dir='out', num_train_epochs=2, per_device_train_batch_size=4,
        learning_rate=1e-3, logging_steps=2, report_to=[], eval_strategy='epoch', save_strategy='no',
        disable_tqdm=True, use_cpu=True)
    trainer = Trainer(model=BertForSequenceClassification(shape), args=arguments, train_dataset=Words(),
                      eval_dataset=Words())
    trainer.train()
    return trainer
"""
MODULE = """
import lightning, torch, logging, warnings
from torch.utils.data import DataLoader, TensorDataset
logging.getLogger('lightning.pytorch').setLevel(logging.ERROR); warnings.simplefilter('ignore')
class Line(lightning.LightningModule):
    def __init__(self, lr=0.1):
        super().__init__(); self.save_hyperparameters(); self.layer = torch.nn.Linear(3, 1)
    def training_step(self, batch, index):
        loss = ((self.layer(batch[0]) - batch[1]) ** 2).mean()
        self.log('train_loss', loss, on_step=False, on_epoch=True)
        return loss
    def validation_step(self, batch, index):
        self.log('val_loss', ((self.layer(batch[0]) - batch[1]) ** 2).mean())
    def configure_optimizers(self): return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)
def fit():
    lightning.seed_everything(1, verbose=False)
    X = torch.randn(32, 3); data = TensorDataset(X, X.sum(1, keepdim=True))
    trainer = lightning.Trainer(max_epochs=3, gradient_clip_val=0.5, logger=False, enable_checkpointing=False,
        enable_progress_bar=False, enable_model_summary=False, accelerator='cpu')
    trainer.fit(Line(lr=0.05), DataLoader(data, batch_size=8), DataLoader(data, batch_size=32))
    return trainer
"""


def test_a_seed_that_is_set_through_transformers_is_recorded(trial: Any) -> None:
    trial.cell("from transformers import set_seed\nset_seed(31)")
    set_ = {event["library"] for event in trial.events("seed") if event["value"] == 31}
    assert {"python", "numpy", "torch"} <= set_


def test_transformers_tell_their_arguments_and_what_the_trainer_logs(trial: Any) -> None:
    trial.cell(BERT)
    trial.cell("trainer = train()")
    printed = trial.cell("print([row for row in trainer.state.log_history if 'eval_loss' in row])")
    rows = eval(printed)
    assert trial.series("eval_loss") == [(row["step"], row["eval_loss"]) for row in rows]
    assert trial.origins["loss"] == "transformers"
    assert [step for step, _ in trial.series("loss")] == [2, 4, 6, 8]
    assert trial.params["TrainingArguments.learning_rate"] == 1e-3
    assert trial.params["TrainingArguments.num_train_epochs"] == 2
    own = [key for key in trial.params if key.startswith("TrainingArguments.")]
    assert sorted(own) == [
        "TrainingArguments.learning_rate",
        "TrainingArguments.num_train_epochs",
        "TrainingArguments.per_device_train_batch_size",
    ]
    assert "backward" not in trial.origins.values()


def test_transformers_give_the_same_results_without_the_tracker(trial: Any) -> None:
    trial.cell(BERT)
    trial.undisturbed(
        "import io, contextlib\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    trainer = train()\n"
        "print([row['loss'] for row in trainer.state.log_history if 'loss' in row], torch.rand(1).item())"
    )


def test_lightning_tells_its_params_and_what_the_module_logs(trial: Any) -> None:
    trial.cell(MODULE)
    trial.cell("trainer = fit()")
    printed = trial.cell("print(float(trainer.callback_metrics['val_loss']))")
    assert [step for step, _ in trial.series("train_loss")] == [4, 8, 12]
    assert trial.series("val_loss")[-1] == (12, float(printed))
    assert trial.params["Trainer.max_epochs"] == 3
    assert trial.params["Trainer.gradient_clip_val"] == 0.5
    assert 0.05 in (trial.params.get("hparams.lr"), trial.params.get("Line.lr"))


def test_lightning_gives_the_same_results_without_the_tracker(trial: Any) -> None:
    trial.cell(MODULE)
    trial.undisturbed(
        "trainer = fit(); print(float(trainer.callback_metrics['val_loss']), torch.rand(1).item())"
    )
