"""What a printed line says: which of its numbers are metrics, and of which step. Pure text, no state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..names import words
from . import pieces
from .roles import roles


class Counter(NamedTuple):
    """``Epoch 3/10``: ``word`` is empty for a count that has no name, ``total`` None when it is not said."""

    word: str
    value: float
    total: float | None


class Item(NamedTuple):
    """One metric of a line. ``places`` are the decimal places printed, None when it was not rounded.

    ``sure`` False: only its varying with a counter makes it a metric.
    """

    name: str
    value: float
    places: int | None
    percent: bool
    sure: bool


class Line(NamedTuple):
    """All that a line says; ``leading`` counters stand before its first metric."""

    counters: list[Counter]
    items: list[Item]
    leading: int = 0


_NOTHING = Line([], [])
_OF_SIMULATIONS = words.TIMES | {"step", "generation", "gen", "sweep"}
_BAR = re.compile(
    r"^(?P<desc>.*?)[:\s]*\d{1,3}%\|[^|]*\|\s*(?P<n>\d+)(?:\.\d+)?/(?P<total>\d+)\s*\[[^\],]*(?:,\s*(?P<rest>.*?))?\]?\s*$"
)
_KERAS = re.compile(
    r"^\s*(\d+)/(\d+)\s+(?:[━╸╺\u2500-\u257f\s]+|\[[=>.]*\])\s*(?:-?\s*(?:ETA:\s*)?\d+:?\w*s?\s)?(?:\s*\d+m?s/(?:step|epoch|sample))?(.*)$"
)


def parse(line: str, names: Sequence[str | None] = ()) -> Line:
    """Reads one line as `pieces.clean` gives it.

    ``names`` are names for its numbers in order, where the code that printed it tells them.
    """
    if not line or len(line) > pieces.LONGEST:
        return _NOTHING
    if "%|" in line:
        bar = _BAR.match(line)
        if bar:
            return _bar(bar)
    elif "/" in line and line.lstrip()[:1].isdigit():
        keras = _KERAS.match(line)
        if keras:
            return Line([], _plain(keras.group(3), ()).items)
    return _plain(line, names)


def _bar(bar: re.Match[str]) -> Line:
    """A bar of tqdm: its postfix has the metrics."""
    described = _plain(bar.group("desc"), ())
    rest = _plain(bar.group("rest") or "", ())
    counter = Counter("", float(bar.group("n")), float(bar.group("total")))
    return Line([*described.counters, counter], [*described.items, *rest.items])


def _plain(line: str, names: Sequence[str | None]) -> Line:
    texts, numbers = pieces.split(line)
    if not numbers or len(numbers) > 60:
        return _NOTHING
    whole = tuple(number.lstrip("+-").isdigit() for number in numbers)
    found = roles(texts, whole, tuple(names) if names else ())
    counters: list[Counter] = []
    items: list[Item] = []
    suffix = ""
    leading = 0
    for role, number, following in zip(found, numbers, texts[1:]):
        if role is None:
            continue
        amount = pieces.value(number)
        if role.kind == "counter":
            leading += not items
            counters.append(Counter(role.name, amount, None))
        elif role.kind == "total" and counters:
            counters[-1] = counters[-1]._replace(total=amount)
        elif role.kind == "ratio" and items and amount:
            last = items[-1]
            items[-1] = last._replace(value=last.value / amount, places=None)
        elif role.kind == "suffix":
            suffix = f"_{role.name}_{number}"
        elif role.kind == "metric":
            percent = following.lstrip(" ").startswith("%")
            places = pieces.decimals(number)
            items.append(Item(role.name + suffix, amount, places, percent, role.sure))
            suffix = ""
    if any(not item.sure for item in items):
        # 0 1 -> 0.98 counts nothing: two numbers without names are what a function was called with.
        counted = len(counters) == 1 or any(counter.word for counter in counters)
        # Of a simulation whole numbers are told too: step 10 | infected 12.
        simulated = counted and counters[0].word in _OF_SIMULATIONS and not any(item.sure for item in items)
        items = [item for item in items if item.sure or (counted and (simulated or item.places != 0))]
    return Line(counters, items, leading)
