"""The data sets that come with Keras."""

from __future__ import annotations

from functools import partial
from types import ModuleType
from typing import Any

from ..adapter import Mismatch
from ..contents import class_counts, columns_of, rows_of
from .reader import Reader

_SETS = (
    "mnist",
    "fashion_mnist",
    "cifar10",
    "cifar100",
    "imdb",
    "reuters",
    "boston_housing",
    "california_housing",
)


class KerasDatasets(Reader):
    """Records which of them was loaded; the file that it is in is told by itself."""

    origin = "keras"
    library = "keras"
    what = "data sets"

    def attend(self, name: str, module: ModuleType) -> None:
        """``keras.src.datasets`` has been imported."""
        heard = [
            self.hear_if_there(
                part, "load_data", called=lambda given: None, returned=partial(self._loaded, one)
            )
            for one in _SETS
            if (part := getattr(module, one, None)) is not None
        ]
        if not any(heard):
            raise Mismatch("no data set is there")

    def _loaded(self, name: str, told: Any, value: Any) -> None:
        (train, train_labels), (test, test_labels) = value
        splits = {"train": rows_of(train), "test": rows_of(test)}
        if None in splits.values():
            return
        counts: dict[str, int] = {}
        for labels in (train_labels, test_labels):
            flat = labels.reshape(-1) if labels.shape == (len(labels), 1) else labels
            for label, count in (class_counts(flat) or {}).items():
                counts[label] = counts.get(label, 0) + count
        self.dataset(
            name,
            rows=sum(count or 0 for count in splits.values()),
            columns=columns_of(train),
            splits=splits,
            classes=counts or None,
            source=f"keras.datasets.{name}",
        )
