"""Lightning: what its trainer and modules are made with, and the metrics that modules log."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .adapter import Adapter, need
from .arguments import defaults_of, unusual

_NO_SETTINGS = frozenset(
    {"self", "accelerator", "devices", "strategy", "num_nodes", "plugins", "profiler", "num_sanity_val_steps"}
)


class Lightning(Adapter):
    """Hears of the trainer, and of what goes to its loggers, with and without one."""

    origin = "lightning"
    library = "lightning"

    def attend(self, name: str, module: ModuleType) -> None:
        """The trainer or its connection to loggers has been imported."""
        if name.endswith(".logger_connector"):
            self.hear(need(module, "_LoggerConnector.log_metrics"), called=self._logged)
            return
        trainer = need(module, "Trainer")
        self._defaults = defaults_of(trainer.__init__)
        self.hear(trainer.__init__, called=self._made)
        self.hear(trainer.fit, called=self._fitting)

    def _made(self, given: Mapping[str, Any]) -> None:
        values = {name: value for name, value in given.items() if name not in _NO_SETTINGS}
        self.params("Trainer", unusual(values, self._defaults))

    def _fitting(self, given: Mapping[str, Any]) -> None:
        known = getattr(given.get("model"), "hparams", None)
        if isinstance(known, dict):
            self.settings("hparams", known)

    def _logged(self, given: Mapping[str, Any]) -> None:
        trainer, step = given["self"].trainer, given.get("step")
        values = {key: value for key, value in (given.get("metrics") or {}).items() if key != "epoch"}
        if not trainer.loggers:
            # Nobody else is going to wait for an accelerator.
            values = {key: value for key, value in values.items() if not _elsewhere(value)}
        self.metrics(values, trainer.global_step if step is None else step)


def _elsewhere(value: Any) -> bool:
    device = getattr(value, "device", None)
    return device is not None and getattr(device, "type", "cpu") != "cpu"
