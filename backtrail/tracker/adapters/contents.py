"""How many rows, columns and classes data has. Only types whose answers are known are asked."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

_MOST_CLASSES = 50
_MOST_LABELS = 1_000_000
_MOST_OBJECTS = 100_000
_LABELS = (str, int, bool)


def rows_of(value: Any) -> int | None:
    """The number of rows of an array, table or list."""
    shape = _shape(value)
    if shape:
        return int(shape[0])
    return len(value) if type(value) in (list, tuple) else None


def columns_of(value: Any) -> int | None:
    """The number of columns of a table; for an array of more dimensions, of the numbers in a row."""
    shape = _shape(value)
    if not shape or len(shape) < 2:
        return None
    count = 1
    for size in shape[1:]:
        count *= int(size)
    return count


def class_counts(labels: Any, names: Any = None) -> dict[str, int] | None:
    """How often each label occurs; None where the values are not labels. ``names`` are those of 0, 1, …"""
    numpy: Any = sys.modules.get("numpy")
    values = getattr(labels, "to_numpy", None) if _package(labels) in ("pandas", "polars") else None
    if values is not None:
        labels = values()
    if numpy is not None and type(labels) is numpy.ndarray:
        if labels.ndim != 1 or labels.size > _MOST_LABELS:
            return None
        if labels.dtype.kind in "biu":
            found, counts = numpy.unique(labels, return_counts=True)
            return _named(dict(zip(found.tolist(), counts.tolist())), names)
        if labels.dtype.kind not in "OUS" or labels.size > _MOST_OBJECTS:
            return None
        labels = labels.tolist()
    if type(labels) not in (list, tuple) or not labels or len(labels) > _MOST_OBJECTS:
        return None
    if any(type(label) not in _LABELS for label in labels):
        return None
    return _named(dict(Counter(labels)), names)


def _named(counts: dict[Any, int], names: Any) -> dict[str, int] | None:
    if len(counts) > _MOST_CLASSES or (len(counts) > 10 and len(counts) * 2 > sum(counts.values())):
        return None
    known = list(names) if names is not None else []
    return {
        str(known[label]) if type(label) is int and 0 <= label < len(known) else str(label): int(count)
        for label, count in sorted(counts.items(), key=lambda pair: str(pair[0]))
    }


def _shape(value: Any) -> tuple[Any, ...] | None:
    if _package(value) not in ("numpy", "pandas", "polars", "scipy", "torch", "tensorflow"):
        return None
    shape = getattr(value, "shape", None)
    return tuple(shape) if shape is not None else None


def _package(value: Any) -> str:
    return type(value).__module__.partition(".")[0]
