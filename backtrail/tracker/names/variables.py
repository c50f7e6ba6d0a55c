"""The variables of a notebook that hold metrics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from ..cellcode import CellCode
from ..namespace import module_of
from ..recorder import Recorder
from ..sightings import Moment
from . import numbers, tables, words
from .bindings import bindings
from .rows import Rows
from .series import Found, Series, key_of, lists

ORIGIN = "variable"
_MOST_TOLD = 5000
_COUNT = re.compile(r"-?\d{1,6}(?:\.\d{1,8})?|\de-\d{1,2}", re.ASCII)
_OF_STEPS = frozenset(("reward", "return"))


class Variables:
    """Metric-named numbers and lists of one session's namespace, which is only read."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace = namespace
        self._recorder = recorder
        self._names = recorder.namespace(namespace)
        self._series = Series()
        self._rows = Rows()
        self._begun: list[CellCode] = []
        self._tables: dict[str, int] = {}
        self._told: dict[tuple[tuple[str, ...], float | None], tuple[float | int, str]] = {}
        """What was told of each entry of a dictionary, and by which code."""
        self._episodes: frozenset[str] = frozenset()
        """Lists of rewards that a loop empties each time: what they hold are the steps of one episode."""

    def start(self) -> None:
        """What is there already was not computed in this session's runs."""
        names = self._names.now()
        for found in lists(self._namespace, names):
            self._series.passed_over(found)
        self._rows.passed_over(self._namespace, names)

    def before(self, code: CellCode) -> None:
        """A cell begins. It is read when something is looked at: a short cell does not wait for it."""
        self._begun.append(code)

    def _begin(self, code: CellCode) -> None:
        found = code.read(bindings)
        self._series.rebound(found.all, found.differences)
        self._rows.rebound(found.all)
        rewards = {name for name in found.emptied if words.quantity(words.normal(name)) & _OF_STEPS}
        self._episodes = (self._episodes - found.all) | rewards

    def look(self, at: Moment, ended: bool = False) -> None:
        """Takes the new elements of lists; safe while a cell runs. The caller holds the recorder's lock."""
        while self._begun:
            self._begin(self._begun.pop(0))
        names = self._names.at(at.cell, True) if ended and at.cell is not None else self._names.now()
        for found in lists(self._namespace, names):
            if found.path[0] in self._episodes:
                continue
            new = self._series.news(found, at.run.id, ended)
            if new is not None:
                key, start, values = new
                for index, value in enumerate(values, start):
                    self._recorder.captured_metrics({key: value}, index, ORIGIN, True, at)

        for row in self._rows.news(self._namespace, names, ended):
            self._recorder.captured_metrics(row.values, row.step, ORIGIN, True, at)

    def bound(self, at: Moment, code: CellCode) -> None:
        """Takes the numbers that the cell bound to names of metrics."""
        names = code.read(bindings)
        for name in sorted(names.computed):
            for found, step in _scalars((name,), self._namespace.get(name)):
                number = numbers.scalar(found.value)
                if number is None or not numbers.finite(number):
                    continue
                if len(found.path) > 1 and self._is_told(found, step, number, code, name in names.filled):
                    continue
                self._recorder.captured_metrics({found.key: number}, step, ORIGIN, True, at)
            table = self._namespace.get(name)
            for values, origin, exact in tables.of(table):
                self._recorder.captured_metrics(values, None, origin, exact, at)
                self._tables[name] = id(table)
        for name in sorted(names.in_loops):
            self._left_over(at, name)

    def has(self, value: Any) -> bool:
        """Whether a value is a table that was taken already."""
        return any(
            identity == id(value) and self._namespace.get(name) is value
            for name, identity in self._tables.items()
        )

    def _is_told(
        self, found: Found, step: float | None, number: float | int, code: CellCode, filled: bool
    ) -> bool:
        """Whether an entry of a dictionary in which this cell stored another is what an earlier cell told."""
        entry = found.path, step
        known = self._told.get(entry)
        if filled and known is not None and known[0] == number and known[1] != code.source:
            return True
        if len(self._told) > _MOST_TOLD:
            self._told.clear()
        self._told[entry] = number, code.source
        return False

    def _left_over(self, at: Moment, name: str) -> None:
        """A number that a loop bound last: of interest where the loop told its metrics in no other way."""
        key, number = words.normal(name), numbers.scalar(self._namespace.get(name))
        if number is None or not words.is_metric(key) or not numbers.finite(number):
            return
        if not self._recorder.sightings.told(at, key):
            self._recorder.captured_metrics({key: number}, None, ORIGIN, True, at)


def _scalars(path: tuple[str, ...], value: Any) -> Iterator[tuple[Found, float | None]]:
    """The numbers with names of metrics in a value, and the step of those that are counted."""
    inner = numbers.items(value) if len(path) < 3 else None
    if inner is not None:
        if len(inner) > 100:
            return
        counted = len(inner) > 1 and all(_is_count(name) for name, _ in inner)
        for name, item in inner:
            if counted and numbers.scalar(item) is not None:
                # An error for each year, k or rate: one series.
                yield from ((found, _count(name)) for found, _ in _scalars(path, item))
            elif type(name) in (str, int):
                yield from _scalars((*path, str(name)), item)
        return
    kind = type(value)
    if kind is int and len(path) > 1:
        return
    if kind is float or kind is int or module_of(kind) in ("numpy", "torch"):
        key = key_of(path)
        if key is not None:
            yield Found(path, key, value), None


def _count(name: Any) -> float:
    number = float(name)
    return int(number) if number.is_integer() else number


def _is_count(name: Any) -> bool:
    if type(name) is str:
        return _COUNT.fullmatch(name) is not None
    return type(name) is int or (type(name) is float and isfinite(name))
