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

    def attend(self, name: str, module: ModuleType) -> None:
        """``lightgbm.engine``, ``.sklearn`` or ``.basic`` has been imported."""
        if name == "lightgbm.engine":
            for function in ("train", "cv"):
                defaults = defaults_of(need(module, function))
                self.hear(
                    getattr(module, function),
                    called=partial(self._call, function, defaults),
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

    def _fitting(self, given: Mapping[str, Any]) -> None:
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
            self.metrics({f"{one[0]}/{one[1]}": one[2] for one in results or ()}, step)
