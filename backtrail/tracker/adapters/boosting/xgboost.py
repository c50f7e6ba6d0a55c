"""XGBoost: params before training, and each evaluation of each round."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..arguments import defaults_of, describe, unusual
from . import GROUP, SEARCHES

_CALLED = ("num_boost_round", "early_stopping_rounds", "nfold", "stratified", "seed", "shuffle")


class XGBoost(Adapter):
    """Hears of ``train``, ``cv`` and the estimators."""

    origin = "xgboost"
    library = "xgboost"

    def attend(self, name: str, module: ModuleType) -> None:
        """``xgboost.training``, ``.sklearn`` or ``.callback`` has been imported."""
        if name == "xgboost.training":
            train, cv = need(module, "train"), getattr(module, "cv", None)
            self.hear(train, called=partial(self._call, "train", defaults_of(train)), outermost=GROUP)
            called = partial(self._call, "cv", defaults_of(cv))
            self.hear_if_there(module, "cv", called=called, outermost=GROUP)
        elif name == "xgboost.callback":
            container = need(module, "CallbackContainer")
            self.hear(container.after_iteration, called=_kept, returned=self._round)
        else:
            base = need(module, "XGBModel")
            for kind in list(vars(module).values()):
                if isinstance(kind, type) and issubclass(kind, base) and "fit" in vars(kind):
                    self.hear(vars(kind)["fit"], called=self._fitting, outermost=GROUP)

    def _call(self, function: str, defaults: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        params = given.get("params")
        values = {key: describe(value) for key, value in (params or {}).items()} if _plain(params) else {}
        values.update(unusual({key: given[key] for key in _CALLED if key in given}, defaults))
        self.params(function, values)

    def _fitting(self, given: Mapping[str, Any]) -> None:
        if not self.callers.within("sklearn", SEARCHES):
            model = given["self"]
            self.params(type(model).__name__, unusual(model.get_params(), defaults_of(type(model))))

    def _round(self, kept: tuple[Any, Any], value: Any) -> None:
        container, step = kept
        history = container.history or {}
        # Those of a cross-validation are means over the folds.
        before = "cv/" if getattr(container, "is_cv", False) is True else ""
        latest = {
            f"{before}{data}/{metric}": values[-1][0] if isinstance(values[-1], tuple) else values[-1]
            for data, metrics in history.items()
            for metric, values in metrics.items()
            if values
        }
        if not self.callers.within("sklearn", SEARCHES):
            self.metrics(latest, step)


def _kept(given: Mapping[str, Any]) -> tuple[Any, Any]:
    return given["self"], given.get("epoch")


def _plain(params: Any) -> bool:
    return type(params) is dict
