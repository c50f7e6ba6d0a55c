"""How data is loaded and split."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..arguments import defaults_of, describe, unusual
from . import FRAMEWORKS

_NO_SETTINGS = frozenset({"self", "dataset", "collate_fn", "generator", "batch_sampler"})


class Loaders(Adapter):
    """Records what loaders are made with, and random splits."""

    origin = "torch"
    library = "torch"
    what = "loaders and splits of data"

    def attend(self, name: str, module: ModuleType) -> None:
        """``torch.utils.data`` has been imported."""
        loader = need(module, "DataLoader")
        self._defaults = defaults_of(loader)
        self.hear(loader.__init__, called=self._loader)
        self.hear_if_there(module, "random_split", called=self._splitting)

    def _loader(self, given: Mapping[str, Any]) -> None:
        if self.callers.caller() not in FRAMEWORKS:
            values = {name: value for name, value in given.items() if name not in _NO_SETTINGS}
            self.params("DataLoader", unusual(values, self._defaults))

    def _splitting(self, given: Mapping[str, Any]) -> None:
        self.params("random_split", {"lengths": describe(given["lengths"])})
