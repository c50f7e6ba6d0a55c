"""Backtrail records what is needed to explain and to repeat a result that was made in a notebook.

In a notebook: ``import backtrail``, then ``backtrail.log_metric("loss", 0.3)``. The calls have MLflow's names
and signatures, so ``import backtrail as mlflow`` is all that a notebook written for MLflow needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .tracker.api import *  # noqa: F403


def __getattr__(name: str) -> Any:
    # The server imports this package too: what only a notebook needs is loaded when a notebook asks for it.
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .tracker import api  # noqa: PLC0415

    value = api.find(name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    from .tracker import api  # noqa: PLC0415

    return sorted([*globals(), *api.__all__])
