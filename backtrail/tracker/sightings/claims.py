"""What the user logs by hand claims what is seen of it elsewhere, whatever name it has there.

A library calls ``acc = model.score(X, y)`` a ``score``; the user who logs it as ``accuracy`` has one metric.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from ..names import words
from .likeness import STRONG, apart, digits
from .sighting import LOGGED, TEXT, Sighting, rank

if TYPE_CHECKING:
    from ..run import Run

_MOST_CLAIMED = 1000
_MOST_ROUNDED = 32
"""So many of the values that were logged last are compared as they would be printed."""

Place = tuple[str, "int | None", str, str]
"""The run, the execution, the source and the name."""


class Claims:
    """Remembers of each execution which sightings are of what the user logs."""

    def __init__(self) -> None:
        self._claimed: dict[Place, None] = {}

    def unclaimed(self, ready: list[Sighting]) -> list[Sighting]:
        """The sightings that are of nothing that the user logs.

        It is decided for all sightings of one name in an execution together, so that no series has gaps.
        """
        runs = {one.at.run.id: one.at.run for one in ready}
        logged = {run: _logged(one) for run, one in runs.items()}
        if not any(logged.values()):
            return ready
        groups: dict[Place, list[Sighting]] = {}
        for one in ready:
            groups.setdefault(place_of(one), []).append(one)
        for place, group in groups.items():
            if place not in self._claimed and logged[place[0]] and _claims(logged[place[0]], group):
                self._claimed[place] = None
                if len(self._claimed) > _MOST_CLAIMED:
                    del self._claimed[next(iter(self._claimed))]
        return [one for one in ready if place_of(one) not in self._claimed]


def is_logged(run: Run, key: str) -> bool:
    """Whether the user logs this quantity by hand in this run, under this name or a like one."""
    logged = _keys(run)
    if not logged:
        return False
    mine = words.quantity(words.normal(key))
    return any(name == key or words.quantity(words.normal(name)) == mine for name in logged)


def _keys(run: Run) -> list[str]:
    return [name for name, origin in run.metric_origins.items() if origin == LOGGED]


def _logged(run: Run) -> dict[str, list[float]]:
    keys = _keys(run)
    return {key: values for key, values in run.points.lately(keys).items() if values} if keys else {}


def place_of(one: Sighting) -> Place:
    """Where sightings of one series are told from others."""
    return (one.at.run.id, one.at.cell, one.origin, one.key)


def _claims(logged: Mapping[str, list[float]], group: Collection[Sighting]) -> bool:
    """Whether half of the sightings at least have values that were logged under one name."""
    name = words.normal(next(iter(group)).key)
    for key, values in logged.items():
        other = words.normal(key)
        if apart(name, other) or not _may_be_one(name, other):
            continue
        exact = set(values)
        hits = sum(_among(one, exact, values[-_MOST_ROUNDED:]) for one in group)
        if hits * 2 >= len(group):
            return True
    return False


def _may_be_one(name: str, other: str) -> bool:
    mine, its = words.quantity(name), words.quantity(other)
    return mine <= its or its <= mine or not (words.specific(name) and words.specific(other))


def _among(one: Sighting, exact: set[float], latest: Iterable[float]) -> bool:
    value = float(one.value)
    if rank(one.origin) < TEXT:
        return value in exact or value * 100 in exact or any(_rounds_to(value, known) for known in latest)
    places = one.rounded.places if one.rounded is not None else None
    if places is None:
        return value in exact
    if digits(value, places) < STRONG:
        return False
    return any(round(known * scale, places) == value for known in latest for scale in (1, 100))


def _rounds_to(value: float, known: float) -> bool:
    """Whether the user rounded a value before logging it."""
    places = len(repr(known).partition(".")[2])
    return (
        2 <= places <= 6
        and digits(known, places) >= 3
        and known
        in (
            round(value, places),
            round(value * 100, places),
        )
    )
