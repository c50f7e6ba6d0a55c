"""Metrics in what a cell's last expression gave: a number, several, a dictionary, a small table, a report."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from ..names import numbers, tables, words
from ..names.series import key_of
from ..names.tables import Result
from . import pieces
from .quantities import is_mean, made_by, name_of
from .reader import Reader

_LONGEST_TEXT = 20_000
_LOOKS = frozenset(("head", "tail", "sample", "describe", "info", "corr", "value_counts", "isnull", "isna"))
"""Methods that show data, whose columns may well be called score."""


def results(tree: ast.Module, value: Any) -> Iterator[Result]:
    """The metrics in ``value``, which the cell's last expression gave. No code of the user's is called."""
    node = tree.body[-1].value if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if node is None or value is None:
        return
    name = name_of(node)
    number = numbers.scalar(value)
    if number is not None:
        key = words.normal(name or "")
        if is_mean(node) and "mean" not in key.split("_"):
            key = f"{key}_mean"
        if words.is_metric(key) and numbers.finite(number):
            yield {key: number}, "last expression", True
    elif type(value) is tuple:
        yield from _tuple(node, value)
    elif type(value) is str:
        yield from _text(value)
    elif tables.is_pandas(value, "DataFrame"):
        yield from _frame(value, node)
    elif tables.is_pandas(value, "Series"):
        yield from _series(value, name, made_by(node))
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
        key = f"{key}_mean" if is_mean(element) and "mean" not in key.split("_") else key
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
    yield from tables.rows(frame)


def _series(series: Any, name: str | None, made: str) -> Iterator[Result]:
    if not 0 < series.size <= tables.MOST_ROWS or series.dtype.kind != "f":
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
            found[f"{inner}_{made}" if made else inner] = number
        elif words.is_metric(words.normal(outer)):
            found[f"{words.normal(outer)}/{words.label(label)}"] = number
    if found:
        yield found, "table", True
