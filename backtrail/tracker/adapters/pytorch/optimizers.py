"""Optimizers and schedules of learning rates."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..arguments import defaults_of, describe, unusual
from . import FRAMEWORKS

_NO_SETTINGS = frozenset({"self", "optimizer", "last_epoch", "verbose"})


class Optimizers(Adapter):
    """Records what optimizers and schedules are made with."""

    origin = "torch"
    library = "torch"
    what = "optimizers and schedules"

    def attend(self, name: str, module: ModuleType) -> None:
        """``torch.optim.optimizer`` or ``torch.optim.lr_scheduler`` has been imported."""
        if name.endswith(".optimizer"):
            self.hear(need(module, "Optimizer.__init__"), called=self._optimizer)
            return
        need(module, "StepLR")
        for kind in list(vars(module).values()):
            if isinstance(kind, type) and kind.__module__ == name and "optimizer" in _parameters(kind):
                self.hear(vars(kind)["__init__"], called=self._schedule)

    def _optimizer(self, given: Mapping[str, Any]) -> None:
        if self.callers.caller() in FRAMEWORKS:
            return
        optimizer, settings = given["self"], given["defaults"]
        defaults = defaults_of(type(optimizer).__init__)
        # Some add settings of their own, which nobody can give.
        values = unusual({name: value for name, value in settings.items() if name in defaults}, defaults)
        if isinstance(settings.get("lr"), (int, float)):
            values["lr"] = describe(settings["lr"])
        groups = given["params"]
        if isinstance(groups, (list, tuple)) and groups and all(isinstance(group, dict) for group in groups):
            for index, group in enumerate(groups):
                own = {key: value for key, value in group.items() if key != "params"}
                values.update({f"param_groups[{index}].{key}": describe(value) for key, value in own.items()})
        self.params(type(optimizer).__name__, values)

    def _schedule(self, given: Mapping[str, Any]) -> None:
        kind = type(given["self"])
        if self.callers.caller() not in FRAMEWORKS:
            values = {name: value for name, value in given.items() if name not in _NO_SETTINGS}
            self.params(kind.__name__, unusual(values, defaults_of(kind)))


def _parameters(kind: type) -> Mapping[str, Any]:
    begin = vars(kind).get("__init__")
    code = getattr(begin, "__code__", None)
    return dict.fromkeys(code.co_varnames[: code.co_argcount]) if code is not None else {}
