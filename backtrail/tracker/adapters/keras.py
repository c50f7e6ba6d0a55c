"""Keras, on any backend, as a package of its own or inside TensorFlow."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .adapter import Adapter, Mismatch
from .arguments import defaults_of, describe, unusual

_TRAINERS = ("Trainer", "TensorFlowTrainer", "TorchTrainer", "JAXTrainer", "Model")
_DATA = frozenset({"self", "x", "y", "validation_data", "sample_weight", "callbacks"})
_COMPILED = ("loss", "loss_weights", "metrics", "weighted_metrics")
_FITTING = "keras fit"


class Keras(Adapter):
    """Records what a model is compiled and fitted with, and the metrics of each epoch and evaluation."""

    origin = "keras"
    library = "keras"
    what = "training and evaluation"

    _split = "test"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module with a part of the training has been imported."""
        heard = 0
        for kind in (found for one in _TRAINERS if (found := _defined(module, one)) is not None):
            own = vars(kind)
            if "compile" in own:
                self.hear(kind.compile, returned=self._compiled)
            if "fit" in own:
                self.hear(kind.fit, called=self._fitting, outermost=_FITTING)
            if "evaluate" in own:
                self.hear(kind.evaluate, called=self._evaluating, outermost=_FITTING)
            heard += len(own.keys() & {"compile", "fit", "evaluate"})
        history = _defined(module, "History")
        if history is not None:
            self.hear(history.on_epoch_end, called=self._epoch)
            heard += 1
        tests = _defined(module, "CallbackList")
        if tests is not None:
            self.hear(tests.on_test_end, called=self._evaluated)
            heard += 1
        if not heard and "callbacks" not in name:
            raise Mismatch(f"{name} has no part of the training")

    def _compiled(self, given: Mapping[str, Any], value: Any) -> None:
        found = {name: _named(given[name]) for name in _COMPILED if given.get(name) is not None}
        optimizer = getattr(given["self"], "optimizer", None)
        wanted = given.get("optimizer")
        if isinstance(wanted, str):
            found["optimizer"] = wanted
        self.params("compile", found)
        if optimizer is None or not hasattr(optimizer, "get_config"):
            return
        config = optimizer.get_config()
        rate = config.get("learning_rate")
        values = unusual(config, defaults_of(type(optimizer)))
        if isinstance(rate, dict):
            values.pop("learning_rate", None)
            self._schedule(getattr(optimizer, "_learning_rate", None), rate.get("config") or {})
        elif not isinstance(wanted, str):
            values["learning_rate"] = _rounded(rate)
        self.params(type(optimizer).__name__, {key: _rounded(value) for key, value in values.items()})

    def _schedule(self, schedule: Any, config: Mapping[str, Any]) -> None:
        kind = type(schedule)
        values = {key: _rounded(value) for key, value in config.items()}
        self.params(kind.__name__, unusual(values, defaults_of(kind)))

    def _fitting(self, given: Mapping[str, Any]) -> None:
        defaults = defaults_of(type(given["self"]).fit)
        values = {name: value for name, value in given.items() if name not in _DATA}
        self.params("fit", unusual(values, defaults))
        for callback in _listed(given.get("callbacks")):
            kind = type(callback)
            if kind.__module__.partition(".")[0] in ("keras", "tf_keras"):
                defaults = defaults_of(kind)
                own = {name: vars(callback)[name] for name in defaults if name in vars(callback)}
                self.params(kind.__name__, unusual(own, defaults))

    def _epoch(self, given: Mapping[str, Any]) -> None:
        self.metrics(given.get("logs") or {}, given.get("epoch"))

    def _evaluating(self, given: Mapping[str, Any]) -> None:
        self._split = self.callers.split_of(given.get("x")) or "test"

    def _evaluated(self, given: Mapping[str, Any]) -> None:
        # Inside a fit it is the validation, whose metrics come with the epoch.
        if not self.callers.within("keras", _FIT) and not self.callers.within("tf_keras", _FIT):
            logs = given.get("logs") or {}
            self.metrics({f"{self._split}_{name}": value for name, value in logs.items()})


_FIT = frozenset({"fit"})


def _defined(module: ModuleType, name: str) -> Any:
    """What is defined in a module, not only imported into it."""
    found = vars(module).get(name)
    return found if getattr(found, "__module__", None) == module.__name__ else None


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def _named(value: Any) -> Any:
    """A loss or metric, or several, by name."""
    if isinstance(value, dict):
        return {str(key): _named(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named(item) for item in value]
    if isinstance(value, str) or value is None or inspect.isroutine(value):
        return describe(value)
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else describe(value)


def _rounded(value: Any) -> Any:
    """A learning rate of 0.01 comes back from a variable of 32 bits as 0.009999999776."""
    return float(f"{value:.7g}") if isinstance(value, float) else describe(value)
