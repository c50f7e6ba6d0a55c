"""What estimators that train in rounds keep of them: the loss or score of each."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter
from . import TRAINING

_CURVES = {"loss_curve_": "loss", "validation_scores_": "val_score", "train_score_": "train_score"}
_LEARNERS = {
    "sklearn.neural_network": ("MLPClassifier", "MLPRegressor"),
    "sklearn.ensemble": ("GradientBoostingClassifier", "GradientBoostingRegressor"),
}


class Fitted(Adapter):
    """Reads the curves of an estimator once it is trained."""

    origin = "sklearn"
    library = "sklearn"
    what = "the curves of training"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module with estimators that train in rounds has been imported."""
        fits = {id(kind.fit): kind.fit for one in _LEARNERS[name] if (kind := getattr(module, one, None))}
        for fit in fits.values():
            self.hear(fit, called=self._begins, returned=self._trained)

    def _begins(self, given: Mapping[str, Any]) -> Any:
        return (given["self"], self.callers.within("sklearn", TRAINING))

    def _trained(self, kept: tuple[Any, bool], value: Any) -> None:
        estimator, nested = kept
        if nested:
            return
        found = {key: getattr(estimator, name, None) for name, key in _CURVES.items()}
        curves = {key: list(curve) for key, curve in found.items() if curve is not None}
        for step in range(max(map(len, curves.values()), default=0)):
            self.metrics({key: curve[step] for key, curve in curves.items() if step < len(curve)}, step)
