"""Tables that are printed as text: a line of column names, and lines with a number under each."""

from __future__ import annotations

import re

from ..names import words
from . import pieces
from .parse import Counter, Item, Line

_COLUMN = re.compile(r"\s{2,}|\t|\s*\|\s*")
_RULE = re.compile(r"^[\s|+=:_\u2500-\u257f-]*$")
_DIGIT = re.compile(r"(?<![A-Za-z0-9_])\d")
_WORD = re.compile(r"[A-Za-z]")


class Tables:
    """The table that is being printed, if any; a report of scikit-learn's is one, and a DataFrame's text."""

    def __init__(self) -> None:
        self._columns: list[str] = []
        self._report = False

    def read(self, line: str) -> Line | None:
        """What a line says as a row of the table; None when it is not one."""
        if not self._columns and _DIGIT.search(line):
            return None
        if _RULE.match(line):
            return Line([], []) if self._columns else None
        texts, numbers = pieces.split(line)
        if not numbers:
            self._columns = _header(line)
            return None
        if not self._columns:
            return None
        label = words.label(texts[0])
        if any(_WORD.search(text) for text in texts[2:-1]) or len(numbers) > len(self._columns) + 1:
            self._columns = []
            return None
        return self._row(label, texts, numbers)

    def _row(self, label: str, texts: tuple[str, ...], numbers: list[str]) -> Line | None:
        columns = self._columns
        if len(numbers) == len(columns) + 1 and not label and numbers[0].isdigit():
            # The index of a DataFrame, or the class of a report.
            label = numbers[0]
            if _WORD.search(texts[1]):
                label = words.label(texts[1])
            numbers = numbers[1:]
        elif len(numbers) == len(columns) and not label and _WORD.search(texts[1] if len(texts) > 1 else ""):
            # An index, a name, and one number fewer than there are columns.
            label, numbers, columns = words.label(texts[1]), numbers[1:], columns[1:]
        elif label and len(numbers) == len(columns) - 1:
            # The first column has the names.
            columns = columns[1:]
        if self._report_total(label, numbers):
            return Line([], [_item(label, numbers[0])])
        if len(numbers) != len(columns):
            return None
        counters: list[Counter] = []
        items: list[Item] = []
        for column, number in zip(columns, numbers):
            if column in words.STEPS or column in ("epochs", "iteration_no"):
                counters.append(Counter(column, pieces.value(number), None))
            elif words.is_metric(column):
                items.append(_item(f"{column}/{label}" if label else column, number))
        return Line(counters, items)

    def _report_total(self, label: str, numbers: list[str]) -> bool:
        """The line of a classification report that has the accuracy of all classes, under no column."""
        return label == "accuracy" and len(numbers) == 2 and "precision" in self._columns


def _header(line: str) -> list[str]:
    columns = [words.normal(column) for column in _COLUMN.split(line.strip()) if _WORD.search(column)]
    if len(columns) < 2 or not any(words.is_metric(column) for column in columns):
        single = [words.normal(word) for word in line.split()]
        if len(single) < 2 or not all(words.is_metric(word) or word in words.STEPS for word in single):
            return []
        return single
    return columns if all(len(column) <= 40 for column in columns) else []


def _item(name: str, number: str) -> Item:
    return Item(name, pieces.value(number), pieces.decimals(number), False, True)
