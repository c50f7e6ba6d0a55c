"""Every name that a user may call, as ``import backtrail`` offers it."""

from __future__ import annotations

from typing import Any

from .artifacts import log_artifact, log_artifacts, log_dict, log_figure, log_image, log_text
from .attach import load_ipython_extension, unload_ipython_extension
from .datasets import log_dataset, log_input
from .fluent import (
    active_run,
    create_experiment,
    end_run,
    get_artifact_uri,
    get_run,
    last_active_run,
    set_experiment,
    start_run,
)
from .metrics import log, log_metric, log_metrics
from .mlflow import Missing, autolog, get_tracking_uri, is_part, set_tracking_uri
from .notices import BacktrailWarning
from .params import delete_tag, log_param, log_params, note, set_tag, set_tags
from .query import runs, which
from .seeds import set_seed

__all__ = [
    "BacktrailWarning",
    "active_run",
    "autolog",
    "create_experiment",
    "delete_tag",
    "end_run",
    "get_artifact_uri",
    "get_run",
    "get_tracking_uri",
    "last_active_run",
    "load_ipython_extension",
    "log",
    "log_artifact",
    "log_artifacts",
    "log_dataset",
    "log_dict",
    "log_figure",
    "log_image",
    "log_input",
    "log_metric",
    "log_metrics",
    "log_param",
    "log_params",
    "log_text",
    "note",
    "runs",
    "set_experiment",
    "set_seed",
    "set_tag",
    "set_tags",
    "set_tracking_uri",
    "start_run",
    "unload_ipython_extension",
    "which",
]


def find(name: str) -> Any:
    """What ``backtrail.<name>`` is.

    Raises:
        AttributeError: there is no such thing.
    """
    if name in __all__:
        return globals()[name]
    if is_part(name):
        return Missing(name)
    raise AttributeError(f"module 'backtrail' has no attribute {name!r}")
