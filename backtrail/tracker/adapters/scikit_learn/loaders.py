"""Data that comes from ``sklearn.datasets``: loaded, fetched or made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Any

from ...datasets import hash_object
from ..adapter import Adapter, Mismatch
from ..arguments import defaults_of, unusual
from ..contents import class_counts, columns_of, rows_of
from . import GROUP

_LARGEST_HASHED = 16 << 20
_IGNORED = frozenset({"return_X_y", "as_frame", "data_home", "download_if_missing", "cache", "parser"})


class Loaders(Adapter):
    """Records which data was loaded, with its size and classes; for made data, how."""

    origin = "sklearn"
    library = "sklearn"
    what = "data sets"

    def attend(self, name: str, module: ModuleType) -> None:
        """``sklearn.datasets`` has been imported."""
        loaders = [one for one in dir(module) if one.startswith(("load_", "fetch_", "make_"))]
        heard = [
            self.hear_if_there(
                module,
                one,
                called=partial(self._loading, one, getattr(module, one)),
                returned=self._loaded,
                outermost=GROUP,
            )
            for one in loaders
        ]
        if not any(heard):
            raise Mismatch("no loader is there")

    def _loading(self, name: str, loader: Any, given: Mapping[str, Any]) -> str:
        if self.callers.caller() == "sklearn":
            return ""
        values = {key: value for key, value in given.items() if key not in _IGNORED}
        self.params(name, unusual(values, defaults_of(loader)))
        return name

    def _loaded(self, name: str, value: Any) -> None:
        if not name:
            return
        data, labels, names = _parts(value)
        whole = hash_object(data) if getattr(data, "nbytes", _LARGEST_HASHED) < _LARGEST_HASHED else None
        self.dataset(
            name.partition("_")[2],
            sha256=whole and whole[0],
            size=whole and whole[1],
            rows=rows_of(data),
            columns=columns_of(data),
            classes=class_counts(labels, names) if labels is not None else None,
            source=f"sklearn.datasets.{name}",
        )


def _parts(value: Any) -> tuple[Any, Any, Any]:
    """Data, labels and names of labels."""
    if isinstance(value, dict):
        return value.get("data"), value.get("target"), value.get("target_names")
    if isinstance(value, tuple) and len(value) >= 2:
        return value[0], value[1], None
    return value, None, None
