"""Whether two sightings are of one quantity: by their names, and by how telling a value is."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..names import words
from .sighting import NAMED_BY_THE_NOTEBOOK, SHOWN, Sighting, rank

STRONG = 4
"""Digits that agree only when two numbers are one."""
_FEW_PLACES = 4
_FEW_DIGITS = 2
_DISTINCT = words.word_set("best worst max min median std var")
"""What is made of a series is another quantity than the series, though its value is among it."""


class Entry(NamedTuple):
    """Where a value was written: the key, the execution, and the source."""

    key: str
    cell: int | None
    origin: str


def digits(value: float, places: int) -> int:
    """How many significant digits were printed; of several zeros at the end one counts: 0.7540 is not 0.5."""
    if value - value != 0.0:
        return 0
    shown = f"{abs(value):.{max(places, 0)}f}".replace(".", "").lstrip("0")
    told = shown.rstrip("0")
    return len(told) + (1 if places > 0 and len(told) >= _FEW_DIGITS and told != shown else 0)


def is_telling(value: float) -> bool:
    """Whether a value is hardly had by chance: an accuracy of 1 or 0.5 is, and says nothing of another."""
    shown = repr(abs(float(value))).removesuffix(".0").replace(".", "").strip("0")
    return math.isfinite(value) and len(shown) > 1


def rounded_to(value: float) -> int | None:
    """The decimal places of a value that the notebook seems to have rounded, as ``round(acc * 100, 2)``."""
    places = len(repr(value).partition(".")[2])
    return places if places <= _FEW_PLACES and digits(value, places) >= _FEW_DIGITS else None


def same(one: Sighting, entry: Entry, agreed: int) -> bool:
    """Whether a sighting is of the quantity of ``entry``, whose value agrees to ``agreed`` digits."""
    if one.origin in NAMED_BY_THE_NOTEBOOK and from_library(entry):
        # The score of each fold is a series, though a round of the fold's training had the same score.
        return False
    if entry.key == one.key:
        # A source may well tell the same value twice, as when nothing changes from one epoch to the next.
        # But a table that is bound to a name and shown is one table.
        table = one.origin == "table" and one.step is None
        shown_again = one.origin in SHOWN and (table or entry.cell != one.at.cell)
        return entry.origin != one.origin or shown_again
    return _names_agree(one, entry, agreed)


def _names_agree(one: Sighting, entry: Entry, agreed: int) -> bool:
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


def from_library(entry: Entry) -> bool:
    """Whether a library told it, under the name that the quantity has there."""
    return rank(entry.origin) == 0 and entry.origin not in NAMED_BY_THE_NOTEBOOK


def same_name(one: str, other: str) -> bool:
    """Whether two keys speak of one quantity of one part of the data."""
    mine, its = words.normal(one), words.normal(other)
    return words.quantity(mine) == words.quantity(its) and words.split_of(mine) == words.split_of(its)


def one_quantity(one: str, other: str) -> bool:
    """Whether the words of one key are those of another, or fewer: losses and loss, loss and train_loss."""
    name, its_name = words.normal(one), words.normal(other)
    mine, its = words.quantity(name), words.quantity(its_name)
    return not apart(name, its_name) and not (mine ^ its) & _DISTINCT and (mine <= its or its <= mine)


def apart(name: str, other: str) -> bool:
    """Whether two names in their normal form are of different parts of the data."""
    splits = words.split_of(name), words.split_of(other)
    return None not in splits and splits[0] != splits[1]


def one_value(exact: Sighting, other: Sighting) -> bool:
    """Whether ``other`` shows the value of ``exact``, as it is or as a percentage."""
    value, shown = float(exact.value), float(other.value)
    places = rounded_to(shown) if other.rounded is None else other.rounded.places
    if places is None:
        return value == shown or value * 100 == shown
    if value - value != 0.0:
        return False
    near = 0.5000001 * 10.0**-places
    return abs(value - shown) <= near or abs(value * 100 - shown) <= near
