"""What a notebook logs to Weights & Biases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from . import FRAMEWORKS


class Wandb(Adapter):
    """Hears of its runs and of their configuration."""

    origin = "wandb"
    library = "wandb"
    what = "calls of it"

    def attend(self, name: str, module: ModuleType) -> None:
        """``wandb.sdk.wandb_run``, ``.wandb_init`` or ``.wandb_config`` has been imported."""
        if name.endswith("wandb_run"):
            self.hear(need(module, "Run.log"), called=self._logged)
        elif name.endswith("wandb_init"):
            self.hear(need(module, "init"), called=self._begun)
        else:
            self.hear(need(module, "Config.update"), called=self._updated)

    def _logged(self, given: Mapping[str, Any]) -> None:
        data = given.get("data")
        if isinstance(data, dict) and self.callers.caller() not in FRAMEWORKS:
            self.metrics(dict(_flat(data)), given.get("step"))

    def _begun(self, given: Mapping[str, Any]) -> None:
        self._config(given.get("config"))

    def _updated(self, given: Mapping[str, Any]) -> None:
        if self.callers.caller() != "wandb":
            self._config(given.get("d"))

    def _config(self, config: Any) -> None:
        if isinstance(config, dict):
            self.settings("config", config)


def _flat(data: Mapping[Any, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if type(value) is dict:
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
