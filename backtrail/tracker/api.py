"""Every name that a user may call, as ``import backtrail`` offers it."""

from __future__ import annotations

from typing import Any

from .attach import load_ipython_extension, unload_ipython_extension
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
from .notices import BacktrailWarning
from .params import delete_tag, log_param, log_params, note, set_tag, set_tags

__all__ = [
    "BacktrailWarning",
    "active_run",
    "create_experiment",
    "delete_tag",
    "end_run",
    "get_artifact_uri",
    "get_run",
    "last_active_run",
    "load_ipython_extension",
    "log",
    "log_metric",
    "log_metrics",
    "log_param",
    "log_params",
    "note",
    "set_experiment",
    "set_tag",
    "set_tags",
    "start_run",
    "unload_ipython_extension",
]


def find(name: str) -> Any:
    """What ``backtrail.<name>`` is.

    Raises:
        AttributeError: there is no such thing.
    """
    if name in __all__:
        return globals()[name]
    raise AttributeError(f"module 'backtrail' has no attribute {name!r}")
