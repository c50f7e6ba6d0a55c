"""Gives what a library told without a name of the notebook's the name that the notebook has for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Callable

from ..names import words
from .likeness import STRONG, digits, one_value
from .sighting import TEXT, Sighting, rank

LOOPING = 3
"""So many sightings of one function make a loop."""
_MOST_PAIRS = 100_000


Told = Callable[[Sighting], bool]


def named(ready: list[Sighting], told: Told) -> list[Sighting]:
    """The sightings, in which what has a better name elsewhere is there once, with that name.

    ``told``: whether a sighting only says once more what a library told; that names nothing else.
    """
    generic = [index for index, one in enumerate(ready) if one.nameless]
    if not generic or len(generic) * len(ready) > _MOST_PAIRS:
        return ready
    result: list[Sighting | None] = list(ready)
    twins: dict[int, int] = {}
    used: set[int] = set()
    for index in generic:
        found = _twin(index, ready, used, len(generic) >= LOOPING, told)
        if found is not None:
            twins[index] = found
            used.add(found)
    for index in generic:
        if index not in twins and _has_root(ready[index], ready):
            result[index] = None
    for index, found in _without_single(ready, generic, twins).items():
        one, twin = ready[index], ready[found]
        result[found] = None
        step = one.step if twin.step is None else twin.step
        result[index] = one._replace(key=_key(one.key, twin.key), step=step, nameless=False)
    return [one for one in result if one is not None]


def _has_root(one: Sighting, ready: Sequence[Sighting]) -> bool:
    """Whether an error was computed for its root, which the notebook has: ``rmse = sqrt(mse(y, p))``."""
    if "mean_squared_error" not in one.key or "root" in one.key or not float(one.value) > 0:
        return False
    root = one._replace(value=math.sqrt(one.value))
    named = (
        other for other in ready if not other.nameless and "rmse" in words.quantity(words.normal(other.key))
    )
    return any(other.at.run is one.at.run and one_value(root, other) for other in named)


def _without_single(
    ready: Sequence[Sighting], generic: Sequence[int], twins: dict[int, int]
) -> dict[int, int]:
    """Of a series from which a text shows but the best, none has the name of that: it would leave a hole."""
    series: dict[tuple[str, int | None, str], list[int]] = {}
    for index in generic:
        one = ready[index]
        series.setdefault((one.at.run.id, one.at.cell, one.key), []).append(index)
    kept = dict(twins)
    for members in series.values():
        shown = [index for index in members if index in twins]
        # What is computed twice, as for its root, is one.
        values = len({float(ready[index].value) for index in members})
        few = len(shown) == 1 or len(shown) * 4 <= values
        if values >= LOOPING and few:
            for index in shown:
                if rank(ready[twins[index]].origin) >= TEXT:
                    del kept[index]
    return kept


def _twin(index: int, ready: Sequence[Sighting], used: set[int], often: bool, told: Told) -> int | None:
    one = ready[index]
    best: tuple[tuple[int, int], int] | None = None
    for other, twin in enumerate(ready):
        if other in used or twin.origin == one.origin or twin.at.run is not one.at.run:
            continue
        if one_value(one, twin) and _can_name(twin, words.normal(one.key), often):
            order = (rank(twin.origin), abs(other - index))
            if (best is None or order < best[0]) and not told(twin):
                best = (order, other)
    return None if best is None else best[1]


def _key(own: str, given: str) -> str:
    """The notebook's name; of training data it says so, to share no series with that of the test data."""
    part = words.split_of(words.normal(own))
    if part != "train" or words.split_of(words.normal(given)) is not None:
        return given
    return own if words.normal(given) == own.rpartition("/")[2] else f"{part}_{given}"


def _can_name(twin: Sighting, generic: str, often: bool) -> bool:
    """Whether the name of a sighting is one for what a function of the name ``generic`` returned.

    ``often``: the function returned so many values that a few digits may agree by chance.
    """
    name = words.normal(twin.key)
    places = twin.rounded.places if twin.rounded is not None else None
    told = 17 if places is None else digits(float(twin.value), places)
    if words.specific(generic):
        return bool(words.quantity(name) & words.quantity(generic)) or (
            told >= STRONG and not words.specific(name)
        )
    return told >= 3 or not often
