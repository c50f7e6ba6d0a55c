"""Metrics in what a cell's last expression gave: a number, several, a dictionary, a small table, a report."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import Any

from ..names import numbers, words
from ..names.series import key_of
from . import pieces
from .calls import name_of
from .reader import Reader

_MOST_ROWS = 60
_LONGEST_TEXT = 20_000
_LOOKS = frozenset(("head", "tail", "sample", "describe", "info", "corr", "value_counts", "isnull", "isna"))
"""Methods that show data, whose columns may well be called score."""

Result = tuple[dict[str, "float | int"], str, bool]
"""Metrics of one moment, the origin, and whether they are exact."""


def results(tree: ast.Module, value: Any) -> Iterator[Result]:
    """The metrics in ``value``, which the last expression of the cell gave. No code of the user's is called."""
    node = tree.body[-1].value if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if node is None or value is None:
        return
    name = name_of(node)
    number = numbers.scalar(value)
    if number is not None:
        key = words.normal(name or "")
        if words.is_metric(key) and numbers.finite(number):
            yield {key: number}, "last expression", True
    elif type(value) is tuple:
        yield from _tuple(node, value)
    elif type(value) is str:
        yield from _text(value)
    elif _is_pandas(value, "DataFrame"):
        yield from _frame(value, node)
    elif _is_pandas(value, "Series"):
        yield from _series(value, name)
    elif numbers.items(value) is not None:
        found = dict(_dictionary((name or "result",), value))
        if found:
            yield found, "last expression", True


def _tuple(node: ast.expr, value: tuple[Any, ...]) -> Iterator[Result]:
    if not isinstance(node, ast.Tuple) or len(node.elts) != len(value):
        return
    found: dict[str, float | int] = {}
    for element, item in zip(node.elts, value):
        key, number = words.normal(name_of(element) or ""), numbers.scalar(item)
        if number is not None and words.is_metric(key) and numbers.finite(number):
            found[key] = number
    if found:
        yield found, "last expression", True


def _dictionary(path: tuple[str, ...], value: Any) -> Iterator[tuple[str, float | int]]:
    for name, item in (numbers.items(value) or [])[:100]:
        if type(name) is not str:
            continue
        number = numbers.scalar(item)
        if number is not None:
            key = key_of((*path, name))
            if key is not None and words.is_metric(key.partition("/")[0]) and numbers.finite(number):
                yield key, number
        elif len(path) < 3:
            yield from _dictionary((*path, name), item)


def _text(value: str) -> Iterator[Result]:
    """A report as text: that of scikit-learn's classification_report is one."""
    if "\n" not in value or len(value) > _LONGEST_TEXT:
        return
    reader = Reader()
    found: dict[str, float | int] = {}
    for line in value.split("\n"):
        point = reader.read(pieces.clean(line))
        if point is not None:
            found.update((item.name, item.value) for item in point.items)
    if found:
        yield found, "table", False


def _frame(frame: Any, node: ast.expr) -> Iterator[Result]:
    """Rows are models, columns metrics, mostly; a table of data is none of results."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _LOOKS:
        return
    yield from table(frame)


def table(frame: Any) -> Iterator[Result]:
    """The metrics in a small DataFrame whose numbers are metrics, most of them."""
    rows, width = frame.shape
    if not 0 < rows <= _MOST_ROWS or not 0 < width <= 40:
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
    labels = _labels(frame, columns, rows)
    for index in range(rows):
        found: dict[str, float | int] = {}
        for column in metrics:
            number = numbers.scalar(frame[column].iloc[index])
            if number is not None and numbers.finite(number):
                key = words.normal(column)
                found[f"{key}/{labels[index]}" if labels is not None else key] = number
        if found:
            yield found, "table", True


def _labels(frame: Any, columns: list[str], rows: int) -> list[str] | None:
    """Names of the rows: from the index or the first column of texts; None when they are but counted."""
    index = frame.index.tolist()
    if any(type(one) is str for one in index):
        return [words.label(str(one)) if type(one) in (str, int, float) else "" for one in index]
    for column in columns:
        values = frame[column].tolist() if frame.dtypes[column].kind in "OUT" else []
        if values and all(type(one) is str for one in values):
            return [words.label(one) for one in values]
    return None if rows > 1 and index == list(range(rows)) else [""] * 0 or None


def _series(series: Any, name: str | None) -> Iterator[Result]:
    if not 0 < series.size <= _MOST_ROWS or series.dtype.kind != "f":
        return
    labels = series.index.tolist()
    outer = series.name if type(series.name) is str else name or ""
    found: dict[str, float | int] = {}
    for label, item in zip(labels, series.tolist()):
        number = numbers.scalar(item)
        if number is None or type(label) is not str or not numbers.finite(number):
            continue
        inner = words.normal(label)
        if words.is_metric(inner):
            found[inner] = number
        elif words.is_metric(words.normal(outer)):
            found[f"{words.normal(outer)}/{words.label(label)}"] = number
    if found:
        yield found, "table", True


def _is_pandas(value: Any, name: str) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and type(value) is getattr(pandas, name, None)
