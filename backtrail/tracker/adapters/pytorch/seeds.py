"""Seeds that are set in functions: of a loop over seeds the source of the cell tells the last one only."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need


class Seeds(Adapter):
    """Hears of ``torch.manual_seed``."""

    origin = "torch"
    library = "torch"
    what = "seeds that functions set"

    def attend(self, name: str, module: ModuleType) -> None:
        """``torch.random`` has been imported."""
        self.hear(need(module, "manual_seed"), called=self._seeding)

    def _seeding(self, given: Mapping[str, Any]) -> None:
        value = given.get("seed")
        if type(value) is int:
            self.recorder.seed(self.library, value, self.recorder.current_cell())
