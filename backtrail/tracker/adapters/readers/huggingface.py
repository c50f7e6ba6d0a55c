"""The library ``datasets`` of Hugging Face."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Mismatch
from ..contents import class_counts
from .reader import Reader, kind_of

_ONE = "datasets.arrow_dataset.Dataset"
_MANY = "datasets.dataset_dict.DatasetDict"
_MOST_FILES = 64


class HuggingFace(Reader):
    """Records which data was loaded, its splits, and the files that it is read from."""

    origin = "datasets"
    library = "datasets"
    what = "data sets"

    def attend(self, name: str, module: ModuleType) -> None:
        """``datasets.load`` has been imported."""
        heard = [
            self.hear_if_there(module, one, called=self._loading, returned=self._loaded)
            for one in ("load_dataset", "load_from_disk")
        ]
        if not any(heard):
            raise Mismatch("load_dataset is missing")

    def _loading(self, given: Mapping[str, Any]) -> tuple[str, Any]:
        path = given.get("path", given.get("dataset_path"))
        part = given.get("name")
        name = f"{path}/{part}" if type(part) is str else str(path)
        return name, given.get("revision")

    def _loaded(self, told: tuple[str, Any], value: Any) -> None:
        name, revision = told
        kind = kind_of(value)
        splits = dict(value) if kind == _MANY else {str(value.split or "data"): value} if kind == _ONE else {}
        if not splits or any(kind_of(one) != _ONE for one in splits.values()):
            return
        for one in splits.values():
            self.file([cached.get("filename") for cached in one.cache_files[:_MOST_FILES]])
        first = next(iter(splits.values()))
        version = getattr(first.info, "version", None)
        self.dataset(
            name,
            version=revision if type(revision) is str else version and str(version),
            rows=sum(one.num_rows for one in splits.values()),
            columns=len(first.column_names),
            splits={key: one.num_rows for key, one in splits.items()},
            classes=_classes(splits.values()),
            source="datasets",
        )


def _classes(parts: Any) -> dict[str, int] | None:
    """How often each class occurs in all splits, where one column tells the class."""
    counts: dict[str, int] = {}
    for part in parts:
        labels = [key for key, one in part.features.items() if type(one).__name__ == "ClassLabel"]
        if len(labels) != 1 or part._indices is not None:
            return None
        column = part.data.column(labels[0]).to_numpy()
        for label, count in (class_counts(column, part.features[labels[0]].names) or {}).items():
            counts[label] = counts.get(label, 0) + count
    return counts or None
