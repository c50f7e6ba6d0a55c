"""MLflow with its local SQLite store, the default of its current versions."""

import logging
import os
import sqlite3
from pathlib import Path


def start(folder: Path) -> None:
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    import mlflow  # noqa: PLC0415, it reads the variables above when imported

    logging.getLogger("mlflow").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.ERROR)
    global _log
    mlflow.set_tracking_uri(f"sqlite:///{folder / 'mlflow.db'}")
    mlflow.set_experiment("bench")
    mlflow.start_run()
    _log = mlflow.log_metric


def log(step: int, value: float) -> None:
    _log("loss", value, step=step)


def kept(folder: Path) -> int:
    with sqlite3.connect(folder / "mlflow.db") as db:
        return db.execute("select count(*) from metrics where key = 'loss'").fetchone()[0]
