"""How data is split: ``train_test_split``, and the classes that give folds."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, Mismatch, need
from ..arguments import arguments_of, defaults_of, unusual
from ..contents import class_counts, columns_of, rows_of
from . import GROUP

_SPLITTERS = ("BaseCrossValidator", "BaseShuffleSplit", "KFold", "ShuffleSplit", "RepeatedKFold")
_NO_MORE: dict[str, Any] = {"cvargs": {}, "cv": None}


class Splits(Adapter):
    """Records the arguments of splits, and what came of them."""

    origin = "sklearn"
    library = "sklearn"
    what = "splits of data"

    def attend(self, name: str, module: ModuleType) -> None:
        """``sklearn.model_selection`` has been imported."""
        split = need(module, "train_test_split")
        self._defaults = defaults_of(split)
        self.hear(split, called=self._splitting, returned=self._split, outermost=GROUP)
        beginnings = {}
        for splitter in _SPLITTERS:
            for kind in getattr(module, splitter, object).__mro__:
                begin = vars(kind).get("__init__")
                if kind is not object and begin is not None:
                    beginnings[id(begin)] = begin
        if not beginnings:
            raise Mismatch("the splitters are missing")
        for begin in beginnings.values():
            self.hear(begin, called=self._made)

    def _splitting(self, given: Mapping[str, Any]) -> Any:
        if self.callers.caller() == "sklearn":
            return ()
        values = {name: value for name, value in given.items() if name in self._defaults}
        stratify = values.pop("stratify", None)
        found = unusual(values, self._defaults)
        if stratify is not None:
            found["stratify"] = True
        self.params("train_test_split", found)
        return given["arrays"]

    def _split(self, arrays: Any, parts: Any) -> None:
        if not arrays or not isinstance(parts, list) or len(parts) < 2:
            return
        data, labels = arrays[0], arrays[-1]
        self.dataset(
            next(iter(self.callers.names_of(data)), "train_test_split"),
            rows=rows_of(data),
            columns=columns_of(data),
            splits={"train": rows_of(parts[0]), "test": rows_of(parts[1])},
            classes=class_counts(labels) if len(arrays) > 1 else None,
            source="sklearn.model_selection.train_test_split",
        )

    def _made(self, given: Mapping[str, Any]) -> None:
        if self.callers.caller() != "sklearn":
            kind = type(given["self"])
            own = arguments_of(kind)
            # What a splitter hands on to the class that it is based on was not given.
            values = {name: value for name, value in given.items() if name in own}
            values.update(given.get("kwargs") or {})
            self.params(kind.__name__, unusual(values, {**_NO_MORE, **defaults_of(kind)}))
