"""Reads what one cell prints, line after line, and gives the points of its metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..names import words
from . import pieces
from .parse import Counter, Item, parse
from .tables import Tables
from .traced import Traced
from .warned import Warned

_OUTER = frozenset(("fold", "trial"))
_INNER = words.STEPS - {"fold", "trial", "batch", "minibatch", "mini_batch"}
_COUNTED = words.STEPS | words.TIMES


class Point(NamedTuple):
    """The metrics of one line, and their step, None when nothing counts."""

    step: float | int | None
    items: list[Item]


class Reader:
    """The lines of one stream in one execution: an epoch may stand above the lines that it is the step of."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._warned = Warned()
        self._traced = Traced()
        self._epoch: Counter | None = None
        self._first: float | None = None
        """The epoch that was counted first: some count from 0 and some from 1."""

    def read(self, line: str, names: Sequence[str | None] = ()) -> Point | None:
        """The metrics of a line, or None."""
        if self._warned.covers(line) or self._traced.covers(line) or len(line) > pieces.LONGEST:
            return None
        said = self._tables.read(line) or parse(line, names)
        named = [counter for counter in said.counters if counter.word]
        if not said.items:
            if named and (len(named[0].word) > 1 or named[0].total is not None):
                self._epoch = named[0]
            return None
        return self._point(said.counters, said.items, said.leading)

    def _point(self, counters: list[Counter], items: list[Item], leading: int) -> Point:
        step: float | None = None
        if leading > 1 and _is_around(counters[0], counters[1]):
            # Fold 1, epoch 3: each fold has a series of its own.
            row = f"{counters[0].word}_{counters[0].value:g}".replace(".", "_")
            items = [item if "/" in item.name else item._replace(name=f"{item.name}/{row}") for item in items]
            counters = counters[1:]
        if len(counters) == 1:
            (counter,) = counters
            if not counter.word and counter.total is not None and self._epoch is not None:
                step = self._within(self._epoch, counter)
            else:
                step = counter.value
        elif counters:
            step = self._within(counters[0], counters[1])
        elif self._epoch is not None:
            step = self._epoch.value
        whole = int(step) if step is not None and step == int(step) else step
        return Point(whole, items)

    def _within(self, epoch: Counter, batch: Counter) -> float | None:
        """The step of a batch, counted through the epochs; None when nobody says how many there are."""
        if batch.total is None:
            return (
                epoch.value
                if batch.word and batch.word != "step" and not batch.word.startswith("b")
                else None
            )
        if self._first is None:
            self._first = epoch.value
        return max(epoch.value - self._first, 0) * batch.total + batch.value


def _is_around(outer: Counter, inner: Counter) -> bool:
    """Whether a line tells of which of several trainings its epoch is: a fold, a trial, a seed."""
    return inner.word in _INNER and (outer.word in _OUTER or bool(outer.word and outer.word not in _COUNTED))


def unfold(items: Sequence[Item]) -> list[dict[str, Item]]:
    """Groups in which each name stands once: ``scores: [0.91, 0.92]`` are two points of one metric."""
    groups: list[dict[str, Item]] = []
    for item in items:
        group = next((one for one in groups if item.name not in one), None)
        if group is None:
            group = {}
            groups.append(group)
        group[item.name] = item
    return groups
