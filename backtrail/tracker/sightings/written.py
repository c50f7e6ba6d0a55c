"""What was captured and written to one run, so that what is seen again can be told."""

from __future__ import annotations

from collections.abc import Iterator

from .likeness import Entry, digits, from_library, is_telling, one_quantity, rounded_to, same, same_name
from .sighting import Rounded, Sighting

_MOST_VALUES = 50_000
_TOLD = 2
"""So many digits tell that an exact value was printed."""
_MOST_PLACES = 12
_MOST_DIGITS = 15
"""A number that was printed with more digits was printed as it is."""
_MOST_COMPARED = 200
_ALL = 17
"""More digits than a number has."""


class Written:
    """The values that were written to a run by themselves, by how they would be printed."""

    def __init__(self) -> None:
        self.owners: dict[str, tuple[str, int | None]] = {}
        """Of each key: the source that told it last, and the execution."""
        self.repeats: dict[tuple[str, int | None], list[Sighting]] = {}
        """By key and execution, what was printed and seems to be another metric's."""
        self._followed: dict[tuple[str, int | None], str] = {}
        """By key and execution, the metric that it repeated last."""
        self._exact: dict[float, list[Entry]] = {}
        self._all: list[tuple[float, Entry]] = []
        self._by_places: dict[int, dict[float, list[Entry]]] = {}
        self._printed: dict[float, list[tuple[Entry, Rounded]]] = {}
        self._forms: set[Rounded] = set()

    def add(self, key: str, value: float, cell: int | None, origin: str, how: Rounded | None = None) -> None:
        """Takes a value that was written, ``how`` it was printed if it comes from a text."""
        self.owners[key] = (origin, cell)
        entry = Entry(key, cell, origin)
        if how is not None:
            self._printed.setdefault(value, []).append((entry, how))
            self._forms.add(how)
            return
        if len(self._all) > _MOST_VALUES:
            self._exact.clear()
            self._all.clear()
            self._by_places.clear()
        self._exact.setdefault(value, []).append(entry)
        self._all.append((value, entry))
        for places, index in self._by_places.items():
            _put(index, value, places, entry)

    def twin(self, one: Sighting) -> Entry | None:
        """Where the quantity was written already, None if it was not."""
        value, how = float(one.value), one.rounded
        if how is not None and how.places is not None and how.places <= _MOST_PLACES:
            return self._rounded(one, value, how.places)
        agreed = _ALL if is_telling(value) else 1
        found = next((entry for entry in self._exact.get(value, ()) if same(one, entry, agreed)), None)
        if found is None and how is not None and how.places is not None:
            return self._tiny(one, value, how.places)
        if found is not None or how is not None:
            return found
        found = self._printed_as(one, value)
        places = rounded_to(value) if found is None else None
        return found if places is None else self._rounded(one, value, places)

    def _rounded(self, one: Sighting, value: float, places: int) -> Entry | None:
        index = self._by_places.get(places)
        if index is None:
            index = self._by_places[places] = {}
            for known, entry in self._all:
                _put(index, known, places, entry)
        agreed = digits(value, places)
        near = index.get(round(value, places), ())
        found = next((entry for entry in near if same(one, entry, agreed)), None)
        place = (one.key, one.at.cell)
        if found is not None:
            self._followed[place] = found.key
            return found
        # Among 0.51666667 and 0.46666667 a 0.55 is of the same array, few as its digits are.
        followed = self._followed.get(place)
        return next((entry for entry in near if entry.key == followed), None)

    def _tiny(self, one: Sighting, value: float, places: int) -> Entry | None:
        """Of 6.60e-167 three digits were printed, in more places than are kept apart; tables may print 13."""
        agreed = digits(value, places)
        latest = self._all[-_MOST_COMPARED:] if agreed <= _MOST_DIGITS else []
        # Some round it, and some cut it off.
        near = (entry for known, entry in latest if abs(known - value) < 10.0**-places)
        return next((entry for entry in near if same(one, entry, agreed)), None)

    def told_by_library(self, one: Sighting) -> bool:
        """Whether a library told the same value under the same name."""
        entry = self.twin(one)
        return entry is not None and from_library(entry) and same_name(one.key, entry.key)

    def printed_before(self, one: Sighting) -> bool:
        """Whether an exact value was printed and written in some cell, under a name of the same quantity."""
        value = float(one.value)
        return any(
            # Of whatever is between 0.5 and 1.5 a 1 says nothing.
            (shown == value or how.places is None or digits(shown, how.places) >= _TOLD)
            and one_quantity(one.key, entry.key)
            for entry, how, shown in self._as_printed(value)
        )

    def _printed_as(self, one: Sighting, value: float) -> Entry | None:
        """Where an exact value was printed before, and that was written."""
        for entry, how, shown in self._as_printed(value):
            if same(one, entry, _ALL if how.places is None else digits(shown, how.places)):
                return entry
        return None

    def _as_printed(self, value: float) -> Iterator[tuple[Entry, Rounded, float]]:
        for form in self._forms:
            shown = value * 100 if form.percent else value
            if form.places is not None and shown - shown == 0.0:
                shown = round(shown, form.places)
            for entry, how in self._printed.get(shown, ()):
                yield entry, how, shown


def _put(index: dict[float, list[Entry]], value: float, places: int, entry: Entry) -> None:
    """Files a value under what it looks like with so many decimal places: as it is, and as a percentage."""
    if value - value != 0.0:
        return
    near = 10.0**-places
    for shown in (value, value * 100):
        middle = round(shown, places)
        index.setdefault(middle, []).append(entry)
        if abs(abs(shown - middle) - near / 2) < near * 1e-6:
            # Halfway: some round it up and some down.
            other = round(middle + near if shown > middle else middle - near, places)
            index.setdefault(other, []).append(entry)
