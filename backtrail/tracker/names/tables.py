"""DataFrames of results: rows are models or steps, columns metrics. pandas is never imported for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from . import numbers, words

MOST_ROWS = 300

Result = tuple[dict[str, "float | int"], str, bool]
"""Metrics of one moment, the origin, and whether they are exact."""


def of(value: Any) -> Iterator[Result]:
    """The metrics in a value, if it is a table of them."""
    if is_pandas(value, "DataFrame"):
        yield from rows(value)


def rows(frame: Any) -> Iterator[Result]:
    """The metrics in a small DataFrame whose numbers are metrics, most of them."""
    count, width = frame.shape
    if not 0 < count <= MOST_ROWS or not 0 < width <= 40:
        return
    columns = [column for column in frame.columns.tolist() if type(column) is str]
    numeric = [column for column in columns if frame.dtypes[column].kind in "fiu"]
    metrics = [
        column
        for column in numeric
        if words.is_metric(words.normal(column)) and frame.dtypes[column].kind == "f"
    ]
    steps = [column for column in numeric if words.normal(column).rstrip("s") in words.STEPS]
    if not metrics or len(metrics) * 2 < len(numeric) - len(steps):
        return
    labels = _labels(frame, columns, count)
    for index in range(count):
        found: dict[str, float | int] = {}
        for column in metrics:
            number = numbers.scalar(frame[column].iloc[index])
            if number is not None and numbers.finite(number):
                key = words.normal(column)
                found[f"{key}/{labels[index]}" if labels is not None else key] = number
        if found:
            yield found, "table", True


def _labels(frame: Any, columns: list[str], count: int) -> list[str] | None:
    """Names of the rows: from the index or the first column of texts; None when they are but counted."""
    index = frame.index.tolist()
    if any(type(one) is str for one in index):
        return [words.label(str(one)) if type(one) in (str, int, float) else "" for one in index]
    for column in columns:
        values = frame[column].tolist() if frame.dtypes[column].kind in "OUT" else []
        if values and all(type(one) is str for one in values):
            return [words.label(one) for one in values]
    return None


def is_pandas(value: Any, name: str) -> bool:
    """Whether a value is exactly of that class of pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and type(value) is getattr(pandas, name, None)
