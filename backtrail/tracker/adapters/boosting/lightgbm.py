"""LightGBM: params before training, and each evaluation of each round."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..arguments import defaults_of, describe, unusual
from . import GROUP, SEARCHES

_CALLED = ("num_boost_round", "early_stopping_rounds", "nfold", "stratified", "seed", "shuffle")


class LightGBM(Adapter):
    """Hears of ``train``, ``cv`` and the estimators."""

    origin = "lightgbm"
    library = "lightgbm"

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._validates = False
        """A cross-validation is going on."""
        self._folds: dict[str, list[float]] = {}
        self._round = 0

    def attend(self, name: str, module: ModuleType) -> None:
        """``lightgbm.engine``, ``.sklearn`` or ``.basic`` has been imported."""
        if name == "lightgbm.engine":
            for function in ("train", "cv"):
                defaults = defaults_of(need(module, function))
                self.hear(
                    getattr(module, function),
                    called=partial(self._call, function, defaults),
                    returned=self._over,
                    outermost=GROUP,
                )
        elif name == "lightgbm.basic":
            booster = need(module, "Booster")
            self.hear(booster.eval_valid, returned=self._evaluated)
            self.hear(booster.eval_train, returned=self._evaluated)
        else:
            base = need(module, "LGBMModel")
            for kind in list(vars(module).values()):
                if isinstance(kind, type) and issubclass(kind, base) and "fit" in vars(kind):
                    self.hear(vars(kind)["fit"], called=self._fitting, outermost=GROUP)

    def _call(self, function: str, defaults: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        params = given.get("params")
        values = {key: describe(value) for key, value in params.items()} if type(params) is dict else {}
        values.update(unusual({key: given[key] for key in _CALLED if key in given}, defaults))
        self.params(function, values)
        self._stopping(given)
        self._validates = function == "cv"
        self._folds.clear()

    def _over(self, kept: Any, value: Any) -> None:
        self._tell_folds()
        self._validates = False

    def _fitting(self, given: Mapping[str, Any]) -> None:
        self._validates = False
        if not self.callers.within("sklearn", SEARCHES):
            model = given["self"]
            self.params(type(model).__name__, unusual(model.get_params(), defaults_of(type(model))))
            self._stopping(given)

    def _stopping(self, given: Mapping[str, Any]) -> None:
        for callback in given.get("callbacks") or ():
            rounds = getattr(callback, "stopping_rounds", None)
            if type(rounds) is int:
                self.params("early_stopping", {"stopping_rounds": rounds})

    def _evaluated(self, given: Mapping[str, Any], results: Any) -> None:
        if not self.callers.within("sklearn", SEARCHES):
            step = given["self"].current_iteration() - 1
            found = {f"{one[0]}/{one[1]}": one[2] for one in results or ()}
            if self._validates:
                self._gather(found, step)
            else:
                self.metrics(found, step)

    def _gather(self, found: Mapping[str, float], step: int) -> None:
        """Keeps the values of one fold; those of a round are told together, as their mean."""
        if step != self._round:
            self._tell_folds()
            self._round = step
        for key, value in found.items():
            self._folds.setdefault(f"cv/{key}", []).append(float(value))

    def _tell_folds(self) -> None:
        self.metrics({key: sum(values) / len(values) for key, values in self._folds.items()}, self._round)
        self._folds.clear()
