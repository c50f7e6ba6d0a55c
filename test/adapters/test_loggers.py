"""Calls to MLflow, Weights & Biases and TensorBoard: the libraries themselves, in a kernel."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"MLFLOW_ALLOW_FILE_STORE": "true", "WANDB_MODE": "offline", "WANDB_SILENT": "true"}


def test_mlflow(trial: Any) -> None:
    trial.cell(
        "import mlflow\n"
        "mlflow.set_tracking_uri('file:./mlruns')\n"
        "with mlflow.start_run():\n"
        "    mlflow.log_param('lr', 0.1); mlflow.log_params({'depth': 3})\n"
        "    for step in range(3): mlflow.log_metric('rmse', 1 / (step + 1), step=step)\n"
        "    mlflow.log_metrics({'a': 1.5, 'b': 2}, step=5)"
    )
    assert trial.series("rmse") == [(0, 1.0), (1, 0.5), (2, 1 / 3)]
    assert trial.series("a") == [(5, 1.5)]
    assert trial.params == {"lr": 0.1, "depth": 3}
    assert set(trial.origins.values()) == {"mlflow"}


def test_weights_and_biases(trial: Any) -> None:
    trial.cell(
        "import wandb\n"
        "run = wandb.init(project='p', config={'lr': 0.3, 'layers': 2})\n"
        "wandb.config.update({'dropout': 0.1})\n"
        "for step in range(3): wandb.log({'loss': 1 / (step + 1), 'nested': {'accuracy': step}})\n"
        "wandb.finish()"
    )
    assert [value for _, value in trial.series("loss")] == [1.0, 0.5, 1 / 3]
    assert [value for _, value in trial.series("nested.accuracy")] == [0, 1, 2]
    assert trial.params["config.lr"] == 0.3
    assert trial.params["config.dropout"] == 0.1
    assert trial.origins["loss"] == "wandb"


def test_tensorboard(trial: Any) -> None:
    trial.cell(
        "from torch.utils.tensorboard import SummaryWriter\n"
        "with SummaryWriter('tb') as writer:\n"
        "    for step in range(3): writer.add_scalar('Loss/train', 1 / (step + 1), step)\n"
        "    writer.add_scalars('pair', {'p': 1, 'q': 2}, 3)"
    )
    assert trial.series("Loss/train") == [(0, 1.0), (1, 0.5), (2, 1 / 3)]
    assert trial.series("pair/q") == [(3, 2)]
    assert trial.origins["Loss/train"] == "tensorboard"
