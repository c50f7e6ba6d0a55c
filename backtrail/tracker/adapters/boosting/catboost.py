"""CatBoost: params before training, and the evaluations of each round once it has ended."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..arguments import describe
from . import SEARCHES


class CatBoost(Adapter):
    """Hears of the training that all its models and functions share. Its rounds are not in Python."""

    origin = "catboost"
    library = "catboost"

    def attend(self, name: str, module: ModuleType) -> None:
        """``catboost.core`` has been imported."""
        self.hear(need(module, "CatBoost._fit"), called=self._fitting, returned=self._fitted)

    def _fitting(self, given: Mapping[str, Any]) -> Any:
        model = given["self"]
        nested = self.callers.within("sklearn", SEARCHES)
        if not nested:
            values = {key: describe(value) for key, value in model._init_params.items() if value is not None}
            self.params(type(model).__name__, values)
        return (model, nested)

    def _fitted(self, kept: tuple[Any, bool], value: Any) -> None:
        model, nested = kept
        if nested:
            return
        curves = {
            f"{data}/{metric}": values
            for data, metrics in (model.get_evals_result() or {}).items()
            for metric, values in metrics.items()
        }
        for step in range(max(map(len, curves.values()), default=0)):
            self.metrics({key: curve[step] for key, curve in curves.items() if step < len(curve)}, step)
