"""fastai: what its learners are made and trained with, and the row of each epoch."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, Callable

from .adapter import Adapter, Mismatch
from .arguments import defaults_of, describe, unusual

_DATA = frozenset({"self", "dls", "model", "path", "model_dir", "cbs", "splitter", "reset_opt", "kwargs"})
_LEARNERS = (
    "tabular_learner",
    "vision_learner",
    "unet_learner",
    "text_classifier_learner",
    "language_model_learner",
    "collab_learner",
)
_TRAINING = ("fit", "fit_one_cycle", "fit_flat_cos", "fit_sgdr", "fine_tune")
_DATA_MAKERS = ("FilteredBase.dataloaders", "RandomSplitter", "TrainTestSplitter")
_MAKING = "fastai learner"
_FITTING = "fastai training"


class Fastai(Adapter):
    """Hears of learners, their training and their recorder; of how the data is split and put in batches."""

    origin = "fastai"
    library = "fastai"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module of fastai with learners, schedules or data has been imported."""
        heard = 0
        learner: Any = vars(module).get("Learner")
        if _defined(module, "Learner") is not None:
            heard += self._listen(learner.__init__, "Learner", _MAKING)
        for maker in _LEARNERS:
            if (function := _defined(module, maker)) is not None:
                heard += self._listen(function, maker, _MAKING)
        for training in _TRAINING:
            function = getattr(learner, training, None)
            # Schedules add their ways of training to the learner when they are imported.
            if getattr(function, "__module__", None) == name:
                heard += self._listen(function, training, _FITTING)
        for maker in _DATA_MAKERS:
            owner, _, method = maker.rpartition(".")
            found = _defined(module, owner or maker)
            if found is not None:
                heard += self._listen(getattr(found, method) if owner else found, method or maker, None)
        if (recorder := _defined(module, "Recorder")) is not None:
            self.hear(recorder.after_epoch, returned=self._epoch)
            heard += 1
        if not heard:
            raise Mismatch(f"{name} has nothing of what it had")

    def _listen(self, function: Any, callee: str, group: str | None) -> bool:
        self.hear(function, called=self._called(callee, defaults_of(function)), outermost=group)
        return True

    def _called(self, callee: str, defaults: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], None]:
        def called(given: Mapping[str, Any]) -> None:
            every = {**given, **(given.get("kwargs") or {})}
            values = {name: _plain(value) for name, value in every.items() if name not in _DATA}
            self.params(callee, unusual(values, {name: _plain(value) for name, value in defaults.items()}))

        return called

    def _epoch(self, given: Mapping[str, Any], value: Any) -> None:
        recorder = given["self"]
        learner = recorder.learn
        if any(type(callback).__name__ == "LRFinder" for callback in learner.cbs):
            return
        names = [name for name in recorder.metric_names if name not in ("epoch", "time")]
        row = list(recorder.values[-1])
        if len(row) == len(names):
            self.metrics(dict(zip(names, row)), learner.epoch)
        else:
            # A validation by itself, which has no loss of training.
            names = ["valid_loss", *(metric.name for metric in learner.metrics)]
            if len(row) == len(names):
                self.metrics({f"validate/{name}": number for name, number in zip(names, row)})


def _defined(module: ModuleType, name: str) -> Any:
    """What is defined in a module, not only imported into it."""
    found = vars(module).get(name)
    return found if getattr(found, "__module__", None) == module.__name__ else None


def _plain(value: Any) -> Any:
    """Plain JSON: metrics by the names that the table of epochs has; ``slice(1e-5, 1e-3)``, the rates of the
    first and the last layers, in words."""
    if type(value) is slice:
        return f"slice({describe(value.start)}, {describe(value.stop)})"
    package = type(value).__module__.partition(".")[0]
    if type(value) in (list, tuple) or package == "fastcore":
        return [_plain(item) for item in value]
    name = getattr(value, "name", None) if package == "fastai" else None
    return name if isinstance(name, str) else describe(value)
