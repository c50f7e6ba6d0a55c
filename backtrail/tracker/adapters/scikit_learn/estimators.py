"""The params of estimators, before they are trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..arguments import defaults_of, describe, unusual
from . import TRAINING

_PARTS = frozenset(
    {
        "base_estimator",
        "estimator",
        "estimators",
        "final_estimator",
        "regressor",
        "steps",
        "transformer",
        "transformer_list",
        "transformers",
    }
)
"""Params that hold other estimators, whose own params are recorded."""

_GRIDS = ("param_grid", "param_distributions")
_DEEPEST = 5


class Estimators(Adapter):
    """Hears of each training by the check of params that goes before it."""

    origin = "sklearn"
    library = "sklearn"
    what = "the params of estimators"

    def attend(self, name: str, module: ModuleType) -> None:
        """``sklearn.base`` has been imported."""
        self.hear(need(module, "BaseEstimator._validate_params"), called=self._training)

    def _training(self, given: Mapping[str, Any]) -> None:
        if not self.callers.within("sklearn", TRAINING, given["self"]):
            for callee, values in params_of(given["self"]):
                self.params(callee, values)


def params_of(estimator: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The classes of an estimator and of those inside it, with their params that are not the default ones."""
    if not hasattr(estimator, "get_params") or isinstance(estimator, type):
        return
    own = estimator.get_params(deep=False)
    values = {name: value for name, value in own.items() if name not in _PARTS}
    found = unusual(without_splitter(values), defaults_of(type(estimator)))
    for name in _GRIDS:
        grid = own.get(name)
        grids = grid if type(grid) is list else [grid]
        if grids and all(type(one) is dict for one in grids):
            found.pop(name, None)
            for one in grids:
                for key, choices in one.items():
                    found.setdefault(f"{name}.{key}", _distribution(choices))
    if found:
        yield type(estimator).__name__, found
    for inside in _inside(own):
        yield from params_of(inside)


def label_of(estimator: Any) -> str:
    """What a model is called: its class, of a pipeline that of its last step."""
    for _ in range(_DEEPEST):
        steps = vars(estimator).get("steps") if hasattr(estimator, "__dict__") else None
        if type(steps) is not list or not steps or type(steps[-1]) is not tuple:
            break
        estimator = steps[-1][-1]
    return type(estimator).__name__


def without_splitter(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` without a ``cv`` that is an object, whose arguments were recorded when it was made."""
    return {name: value for name, value in values.items() if name != "cv" or type(value) in (int, type(None))}


def _inside(own: Mapping[str, Any]) -> Iterator[Any]:
    for name, value in own.items():
        if name in _PARTS:
            for part in value if isinstance(value, (list, tuple)) else [value]:
                # A step of a pipeline, or one transformer of several, is a tuple that begins with its name.
                for one in part if isinstance(part, tuple) else [part]:
                    if hasattr(one, "get_params") and not isinstance(one, type):
                        yield one


def _distribution(choices: Any) -> Any:
    """Choices for a search; a frozen distribution of scipy by its name and arguments."""
    kind = getattr(getattr(choices, "dist", None), "name", None)
    if not isinstance(kind, str):
        return describe(choices)
    given = [
        *map(describe, choices.args),
        *(f"{key}={describe(value)}" for key, value in choices.kwds.items()),
    ]
    return f"{kind}({', '.join(map(str, given))})"
