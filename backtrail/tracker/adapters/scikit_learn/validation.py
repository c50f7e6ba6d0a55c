"""Cross-validation and searches: their arguments, the score of each fold or candidate, and what won."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Any

from ...recorder import Recorder
from ..adapter import Adapter, need
from ..arguments import defaults_of, describe, unusual
from ..callers import Callers
from ..sites import Sites
from . import GROUP, TRAINING
from .estimators import label_of, params_of, without_splitter

_ARGUMENTS = (
    "cv",
    "scoring",
    "method",
    "train_sizes",
    "param_name",
    "param_range",
    "shuffle",
    "random_state",
)


class Validation(Adapter):
    """Hears of cross-validation and searches."""

    origin = "sklearn"
    library = "sklearn"
    what = "cross-validation and searches"

    def __init__(self, recorder: Recorder, callers: Callers, sites: Sites) -> None:
        super().__init__(recorder, callers, sites)
        self._first: dict[tuple[str, str], str] = {}
        """By run and function, the model that was validated first."""

    def attend(self, name: str, module: ModuleType) -> None:
        """``sklearn.model_selection`` has been imported."""
        self.hear(
            need(module, "cross_val_score"),
            called=partial(self._validating, "cross_val_score", defaults_of(module.cross_val_score)),
            returned=self._scored,
            outermost=GROUP,
        )
        self.hear(
            need(module, "cross_validate"),
            called=partial(self._validating, "cross_validate", defaults_of(module.cross_validate)),
            returned=self._validated,
            outermost=GROUP,
        )
        for other in ("cross_val_predict", "learning_curve", "validation_curve"):
            called = partial(self._validating, other, defaults_of(getattr(module, other, None)))
            self.hear_if_there(module, other, called=called, outermost=GROUP)
        search = need(module, "GridSearchCV").__mro__[1]
        self.hear(need(search, "fit"), called=self._searching, returned=self._found, outermost=GROUP)
        self.hear(
            need(search, "score"),
            called=lambda given: "" if self.callers.within("sklearn", TRAINING) else "score",
            returned=lambda key, value: self.metrics({key: value} if key else {}),
            outermost=GROUP,
        )

    def _validating(self, function: str, defaults: Mapping[str, Any], given: Mapping[str, Any]) -> str | None:
        if self.callers.within("sklearn", TRAINING):
            return None
        values = {name: value for name, value in given.items() if name in _ARGUMENTS}
        self.params(function, unusual(without_splitter(values), defaults))
        for callee, params in params_of(given.get("estimator")):
            self.params(callee, params)
        return self._whose(function, given.get("estimator"))

    def _whose(self, function: str, estimator: Any) -> str:
        """What is put behind the name of a score: the model, where it is another than the run's first one."""
        name = label_of(estimator)
        number = self.sites.number(f"{function} {name}", self.callers.site())
        first = self._first.setdefault((self.recorder.run_of_cell().id, function), name)
        if name == first and number == 1:
            return ""
        return f"/{name}" if number == 1 else f"/{name}[{number}]"

    def _scored(self, whose: Any, value: Any) -> None:
        if isinstance(whose, str):
            for step, score in enumerate(value.tolist()):
                self.metrics({f"cross_val_score{whose}": score}, step)

    def _validated(self, whose: Any, value: Any) -> None:
        if not isinstance(whose, str):
            return
        scores = {key: found.tolist() for key, found in value.items() if key.startswith(("test_", "train_"))}
        for step, row in enumerate(zip(*scores.values())):
            self.metrics({f"cross_validate/{key}{whose}": score for key, score in zip(scores, row)}, step)

    def _searching(self, given: Mapping[str, Any]) -> Any:
        return (given["self"], self.callers.within("sklearn", TRAINING))

    def _found(self, kept: tuple[Any, bool], value: Any) -> None:
        search, nested = kept
        if nested:
            return
        results = getattr(search, "cv_results_", None) or {}
        means = {key: found.tolist() for key, found in results.items() if key.startswith("mean_test_")}
        for step, row in enumerate(zip(*means.values())):
            self.metrics(dict(zip(means, row)), step)
        self.metrics({"best_score_": getattr(search, "best_score_", None)}, 0)
        best = getattr(search, "best_params_", None) or {}
        self.params("best_params_", {key: describe(value) for key, value in best.items()})
