"""What a notebook writes for TensorBoard: with PyTorch's writer, tensorboardX or TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from . import FRAMEWORKS

_GROUP = "tensorboard"


class TensorBoard(Adapter):
    """Hears of scalars and hyperparameters."""

    origin = "tensorboard"
    library = "tensorboard"
    what = "scalars"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module that writes for TensorBoard has been imported."""
        if name.endswith("summary_v2"):
            self.hear(need(module, "scalar"), called=self._scalar)
            return
        writer = need(module, "SummaryWriter")
        self.hear(writer.add_scalar, called=self._added, outermost=_GROUP)
        self.hear(writer.add_scalars, called=self._added_several, outermost=_GROUP)
        self.hear_if_there(writer, "add_hparams", called=self._hyperparameters, outermost=_GROUP)

    def _added(self, given: Mapping[str, Any]) -> None:
        self._metrics({given["tag"]: given["scalar_value"]}, given.get("global_step"))

    def _added_several(self, given: Mapping[str, Any]) -> None:
        tag = given["main_tag"]
        values = {f"{tag}/{key}": value for key, value in given["tag_scalar_dict"].items()}
        self._metrics(values, given.get("global_step"))

    def _hyperparameters(self, given: Mapping[str, Any]) -> None:
        self.settings("hparams", given["hparam_dict"])
        self._metrics(given["metric_dict"], given.get("global_step"))

    def _scalar(self, given: Mapping[str, Any]) -> None:
        # Inside of a function that is compiled there are no numbers yet.
        step = given.get("step")
        if getattr(type(given["data"]), "__name__", "") != "SymbolicTensor":
            self._metrics({given["name"]: given["data"]}, int(step) if step is not None else None)

    def _metrics(self, values: Mapping[str, Any], step: Any) -> None:
        if self.callers.caller() not in FRAMEWORKS:
            self.metrics(values, step)
