"""Whether two sightings are of one quantity: by their names, and by how telling a value is."""

from __future__ import annotations

from typing import NamedTuple

from ..names import words
from .sighting import SHOWN, Sighting

STRONG = 4
"""Digits that agree only when two numbers are one."""
_DISTINCT = words.word_set("best worst max min median std var")
"""What is made of a series is another quantity than the series, though its value is among it."""


class Entry(NamedTuple):
    """Where a value was written: the key, the execution, and the source."""

    key: str
    cell: int | None
    origin: str


def digits(value: float, places: int) -> int:
    """How many significant digits were printed, without the zeros at the end."""
    if value - value != 0.0:
        return 0
    return len(f"{abs(value):.{max(places, 0)}f}".replace(".", "").strip("0"))


def same(one: Sighting, entry: Entry, agreed: int) -> bool:
    """Whether a sighting is of the quantity of ``entry``, whose value agrees to ``agreed`` digits."""
    if entry.key == one.key:
        # A source may well tell the same value twice, as when nothing changes from one epoch to the next.
        shown_again = one.origin in SHOWN and entry.cell != one.at.cell
        return entry.origin != one.origin or shown_again
    name, other = words.normal(one.key), words.normal(entry.key)
    if apart(name, other):
        return False
    mine, its = words.quantity(name), words.quantity(other)
    if (mine ^ its) & _DISTINCT:
        return False
    if mine <= its or its <= mine:
        return agreed >= STRONG or entry.cell == one.at.cell
    if words.specific(name) and words.specific(other):
        return False
    if float(one.value).is_integer():
        agreed = len(str(abs(int(one.value))).rstrip("0"))
    return agreed >= STRONG and entry.cell == one.at.cell


def apart(name: str, other: str) -> bool:
    """Whether two names in their normal form are of different parts of the data."""
    splits = words.split_of(name), words.split_of(other)
    return None not in splits and splits[0] != splits[1]


def one_value(exact: Sighting, other: Sighting) -> bool:
    """Whether ``other`` shows the value of ``exact``, as it is or as a percentage."""
    value, shown = float(exact.value), float(other.value)
    if other.rounded is None or other.rounded.places is None:
        return value == shown or value * 100 == shown
    if value - value != 0.0:
        return False
    near = 0.5000001 * 10.0**-other.rounded.places
    return abs(value - shown) <= near or abs(value * 100 - shown) <= near
