"""What notebooks written for MLflow call besides logging: accepted where it means something, else said."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any

from . import current
from .notices import say_once

# Parts of MLflow that tutorials use and Backtrail has nothing of.
_PARTS = frozenset(
    [
        "MlflowClient",
        "artifacts",
        "autogen",
        "catboost",
        "client",
        "crewai",
        "data",
        "deployments",
        "diviner",
        "entities",
        "evaluate",
        "exceptions",
        "fastai",
        "gateway",
        "gluon",
        "h2o",
        "keras",
        "langchain",
        "lightgbm",
        "litellm",
        "llama_index",
        "load_table",
        "log_model",
        "log_table",
        "mleap",
        "models",
        "onnx",
        "openai",
        "paddle",
        "projects",
        "prophet",
        "pyfunc",
        "pyspark",
        "pytorch",
        "register_model",
        "search_experiments",
        "search_runs",
        "sentence_transformers",
        "set_experiment_tag",
        "shap",
        "sklearn",
        "spacy",
        "spark",
        "statsmodels",
        "store",
        "system_metrics",
        "tensorflow",
        "tracing",
        "tracking",
        "transformers",
        "types",
        "utils",
        "validate_evaluation_results",
        "xgboost",
        "enable_system_metrics_logging",
        "disable_system_metrics_logging",
    ]
)


def autolog(*_: Any, **__: Any) -> None:
    """Accepted for MLflow's sake: capture is on without it."""
    say_once(
        "autolog() is not needed: Backtrail records every execution by itself. "
        "Metrics and params that are logged by hand are kept with it."
    )


def set_tracking_uri(uri: Any = None) -> None:
    """Accepted for MLflow's sake: where runs are kept is a setting."""
    say_once(
        "set_tracking_uri() changes nothing: Backtrail keeps runs in files beside the notebook. "
        "The setting `directory` or BACKTRAIL_DIR moves them."
    )


def get_tracking_uri() -> str:
    """The folder of runs, as a file URI; an empty text when nothing is recorded."""
    recorder = current.recorder()
    return recorder.session.runs.as_uri() if recorder is not None else ""


def is_part(name: str) -> bool:
    """Whether MLflow has something of this name that Backtrail has not."""
    return name in _PARTS


class Missing:
    """Stands for a part of MLflow that is not there: whatever is done with it does nothing, said once."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "autolog":
            return autolog
        return Missing(f"{self._name}.{name}")

    def __call__(self, *_: Any, **__: Any) -> Missing:
        say_once(f"Backtrail has no {self._name}(); the call does nothing.")
        return self

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __enter__(self) -> Missing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __repr__(self) -> str:
        return f"<{self._name}: not in Backtrail>"
