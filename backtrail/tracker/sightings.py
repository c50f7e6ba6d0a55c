"""One quantity that is seen twice is one metric: decides which of several sightings is written.

A library tells a metric exactly, a list holds it, and a line of text says it once more, rounded. The ranks:
what the user logs, what a library's own calls tell, variables, a cell's result, text. Sightings of the lower
ranks are held for a moment, so that the better ones can be there first. See ``docs/metrics.md``.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .names import words

if TYPE_CHECKING:
    from .recorder import Recorder
    from .run import Mark, Run

LAST_EXPRESSION = "last expression"
LOGGED = "logged"

_RANKS = {"backward": 1, "tqdm": 1, "variable": 1, LAST_EXPRESSION: 2, "table": 3, "printed": 3}
# What shows a result may show it again.
_SHOWN = frozenset({"table", LAST_EXPRESSION})
# Libraries whose names are those of functions, not of what the notebook computes with them.
_NAMED_BY_THE_NOTEBOOK = frozenset({"sklearn"})

_TEXT = 3

_HOLD = 0.3
_HOLD_NAMELESS = 1.0
"""Seconds. What was computed is printed a little later."""
_LOOPING = 3
"""So many sightings of one function make a loop."""
_MOST_REPEATS = 5000
_MOST_PAIRS = 100_000
_MOST_VALUES = 50_000
_STRONG = 4
"""Digits that agree only when two numbers are one."""


class Moment(NamedTuple):
    """Where something was seen: the run, the execution, and the mark of its cell."""

    run: Run
    cell: int | None
    mark: Mark


class Rounded(NamedTuple):
    """How a number was printed: its decimal places (None: as it is), and whether with a percent sign."""

    places: int | None
    percent: bool


class _Sighting(NamedTuple):
    at: Moment
    key: str
    value: float | int
    step: Any
    origin: str
    exact: bool
    rounded: Rounded | None
    time: float
    nameless: bool
    """Named by a library, and not yet by the notebook."""


class Sightings:
    """The sightings of all runs of a session. Its callers hold the recorder's lock."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._held: list[_Sighting] = []
        self._released: list[_Sighting] = []
        """Texts that seemed to repeat something, and do not."""
        self._runs: dict[str, _Known] = {}

    def see(  # noqa: PLR0917
        self,
        at: Moment,
        values: Mapping[str, float | int],
        step: Any,
        origin: str,
        exact: bool,
        rounded: Mapping[str, Rounded] | None = None,
    ) -> None:
        """Takes metrics that were seen together, of one step (None: the next one)."""
        rank = _RANKS.get(origin, 0)
        # A library's series, of folds or rounds, is whole under the library's name.
        nameless = origin in _NAMED_BY_THE_NOTEBOOK and step is None
        if rank == 0 and not nameless:
            self._settle_rank_zero(at, values, step, origin, exact)
            return
        now = time.monotonic()
        for key, value in values.items():
            how = rounded.get(key) if rounded is not None else None
            self._held.append(_Sighting(at, key, value, step, origin, exact, how, now, nameless))

    def settle(self, everything: bool = True) -> None:
        """Writes what was held: all of it, or what better sources have had time to tell themselves."""
        if not self._held:
            return
        ready, self._held = self._named(self._held), []
        if not everything:
            now = time.monotonic()
            unnamed = [one.key for one in ready if one.nameless]
            for one in ready:
                # At the cell's end a variable may name it; in a loop nobody waits for that.
                waits = one.nameless and unnamed.count(one.key) < _LOOPING
                if waits or now - one.time < (_HOLD_NAMELESS if one.nameless else _HOLD):
                    self._held.append(one)
            ready = [one for one in ready if one not in self._held]
            if not ready:
                return
        order = sorted(range(len(ready)), key=lambda index: (_RANKS.get(ready[index].origin, 0), index))
        chosen = {index for index in order if self._admit(ready[index])}
        released, self._released = self._released, []
        self._write([*released, *(ready[index] for index in sorted(chosen))])

    def told(self, at: Moment, key: str) -> bool:
        """Whether a metric of the same words was seen in this execution already."""
        mine = words.quantity(words.normal(key)) - set(words.SPLITS.values())
        held = (one.key for one in self._held if one.at.cell == at.cell)
        known = (name for name, owner in self._known(at.run).owners.items() if owner[1] == at.cell)
        return any(mine & words.quantity(words.normal(name)) for name in (*held, *known))

    def forget(self, run: Run) -> None:
        """Lets go of what is known of a run that is over."""
        self._runs.pop(run.id, None)

    def _settle_rank_zero(
        self, at: Moment, values: Mapping[str, float | int], step: Any, origin: str, exact: bool
    ) -> None:
        known = self._known(at.run)
        taken = {key: value for key, value in values.items() if not self._logged(at.run, key)}
        for key, value in taken.items():
            known.add(key, float(value), at.cell, origin)
        self._recorder.write_captured(at, taken, step, origin, exact)

    def _named(self, ready: list[_Sighting]) -> list[_Sighting]:
        """Gives what a library told the name that the notebook has for it, where it has one."""
        generic = [index for index, one in enumerate(ready) if one.nameless]
        if not generic or len(generic) * len(ready) > _MOST_PAIRS:
            return ready
        result: list[_Sighting | None] = list(ready)
        used: set[int] = set()
        for index in generic:
            one = ready[index]
            best = None
            for other, twin in enumerate(ready):
                if other in used or twin.origin == one.origin or twin.at.run is not one.at.run:
                    continue
                if _one_value(one, twin) and _can_name(twin, words.normal(one.key), len(generic) >= _LOOPING):
                    rank = (_RANKS.get(twin.origin, 0), abs(other - index))
                    if best is None or rank < best[0]:
                        best = (rank, other)
            if best is not None:
                twin = ready[best[1]]
                used.add(best[1])
                result[best[1]] = None
                step = one.step if twin.step is None else twin.step
                result[index] = one._replace(key=twin.key, step=step, nameless=False)
        return [one for one in result if one is not None]

    def _admit(self, one: _Sighting) -> bool:
        """Whether a sighting is news."""
        run, key = one.at.run, one.key
        if one.origin in self._recorder.capture_off or self._logged(run, key):
            return False
        known = self._known(run)
        owner = known.owners.get(key)
        if _RANKS.get(one.origin, 0) >= _TEXT:
            return self._admit_text(one, known, owner)
        # A series that was begun has no gaps, whatever a single value may be equal to.
        if owner != (one.origin, one.at.cell):
            if known.twin(one) is not None:
                return False
            if owner is not None and owner[1] == one.at.cell:
                # The same name in the same cell, with another value: what has it already keeps it.
                return False
        known.add(key, float(one.value), one.at.cell, one.origin)
        return True

    def _admit_text(self, one: _Sighting, known: _Known, owner: tuple[str, int | None] | None) -> bool:
        """Decides of a text for all of a cell: it repeats what is known, until it tells something new."""
        mine = owner == (one.origin, one.at.cell)
        if not mine:
            repeats = known.repeats.setdefault((one.key, one.at.cell), [])
            twin = known.twin(one)
            if twin is not None and len(repeats) < _MOST_REPEATS:
                if twin.key != one.key:
                    repeats.append(one)
                return False
            if owner is not None and owner[1] == one.at.cell and owner[0] not in _NAMED_BY_THE_NOTEBOOK:
                return False
            for before in repeats:
                known.add(before.key, float(before.value), before.at.cell, before.origin, _how(before))
            self._released += repeats
            repeats.clear()
        known.add(one.key, float(one.value), one.at.cell, one.origin, _how(one))
        return True

    def _logged(self, run: Run, key: str) -> bool:
        """Whether the user logs this quantity by hand in this run, under this name or a like one."""
        logged = [name for name, origin in run.metric_origins.items() if origin == LOGGED]
        if not logged:
            return False
        mine = words.quantity(words.normal(key))
        return any(name == key or words.quantity(words.normal(name)) == mine for name in logged)

    def _write(self, chosen: list[_Sighting]) -> None:
        """One line for what was seen together."""
        line: dict[str, float | int] = {}
        first: _Sighting | None = None
        for one in chosen:
            together = first is not None and (
                one.at is first.at
                and one.step == first.step
                and one.origin == first.origin
                and one.exact == first.exact
                and one.time == first.time
                and one.key not in line
            )
            if not together:
                if first is not None:
                    self._recorder.write_captured(first.at, line, first.step, first.origin, first.exact)
                line, first = {}, one
            line[one.key] = one.value
        if first is not None:
            self._recorder.write_captured(first.at, line, first.step, first.origin, first.exact)

    def _known(self, run: Run) -> _Known:
        known = self._runs.get(run.id)
        if known is None:
            while len(self._runs) > 20:
                self._runs.pop(next(iter(self._runs)))
            known = self._runs[run.id] = _Known()
        return known


class _Entry(NamedTuple):
    """Where a value was written: the key, the execution, and the source."""

    key: str
    cell: int | None
    origin: str


class _Known:
    """What was written to a run by itself: the values, by how they would be printed."""

    def __init__(self) -> None:
        self.owners: dict[str, tuple[str, int | None]] = {}
        """Of each key: the source that told it last, and the execution."""
        self.repeats: dict[tuple[str, int | None], list[_Sighting]] = {}
        """By key and execution, what was printed and seems to be another metric's."""
        self._exact: dict[float, list[_Entry]] = {}
        self._all: list[tuple[float, _Entry]] = []
        self._by_places: dict[int, dict[float, list[_Entry]]] = {}
        self._printed: dict[float, list[tuple[_Entry, Rounded]]] = {}
        self._forms: set[Rounded] = set()

    def add(self, key: str, value: float, cell: int | None, origin: str, how: Rounded | None = None) -> None:
        """Takes a value that was written, ``how`` it was printed if it comes from a text."""
        self.owners[key] = (origin, cell)
        entry = _Entry(key, cell, origin)
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

    def twin(self, one: _Sighting) -> _Entry | None:
        """Where the quantity was written already, None if it was not."""
        value, how = float(one.value), one.rounded
        if how is None or how.places is None or how.places > 12:
            found = next((entry for entry in self._exact.get(value, ()) if _same(one, entry, 17)), None)
            return found if found is not None or how is not None else self._printed_as(one, value)
        index = self._by_places.get(how.places)
        if index is None:
            index = self._by_places[how.places] = {}
            for known, entry in self._all:
                _put(index, known, how.places, entry)
        digits = _digits(value, how.places)
        near = index.get(round(value, how.places), ())
        return next((entry for entry in near if _same(one, entry, digits)), None)

    def _printed_as(self, one: _Sighting, value: float) -> _Entry | None:
        """Where an exact value was printed before, and that was written."""
        for form in self._forms:
            shown = value * 100 if form.percent else value
            if form.places is not None and shown - shown == 0.0:
                shown = round(shown, form.places)
            for entry, how in self._printed.get(shown, ()):
                if _same(one, entry, 17 if how.places is None else _digits(shown, how.places)):
                    return entry
        return None


def _how(one: _Sighting) -> Rounded:
    return one.rounded or Rounded(None, False)


def _put(index: dict[float, list[_Entry]], value: float, places: int, entry: _Entry) -> None:
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


def _digits(value: float, places: int) -> int:
    """How many significant digits were printed, without the zeros at the end."""
    if value - value != 0.0:
        return 0
    return len(f"{abs(value):.{max(places, 0)}f}".replace(".", "").strip("0"))


def _same(one: _Sighting, entry: _Entry, digits: int) -> bool:
    """Whether two sightings of one value are of one quantity: by names, and by how telling the value is."""
    if entry.key == one.key:
        # A source may well tell the same value twice, as when nothing changes from one epoch to the next.
        shown_again = one.origin in _SHOWN and entry.cell != one.at.cell
        return entry.origin != one.origin or shown_again
    name, other = words.normal(one.key), words.normal(entry.key)
    splits = words.split_of(name), words.split_of(other)
    if None not in splits and splits[0] != splits[1]:
        return False
    mine, its = words.quantity(name), words.quantity(other)
    if mine <= its or its <= mine:
        return digits >= _STRONG or entry.cell == one.at.cell
    if words.specific(name) and words.specific(other):
        return False
    if float(one.value).is_integer():
        digits = len(str(abs(int(one.value))).rstrip("0"))
    return digits >= _STRONG and entry.cell == one.at.cell


def _one_value(exact: _Sighting, other: _Sighting) -> bool:
    value, shown = float(exact.value), float(other.value)
    if other.rounded is None or other.rounded.places is None:
        return value == shown or value * 100 == shown
    if value - value != 0.0:
        return False
    near = 0.5000001 * 10.0**-other.rounded.places
    return abs(value - shown) <= near or abs(value * 100 - shown) <= near


def _can_name(twin: _Sighting, generic: str, often: bool) -> bool:
    """Whether the name of a sighting is one for what a function of the name ``generic`` returned.

    ``often``: the function returned so many values that a few digits may agree by chance.
    """
    name = words.normal(twin.key)
    places = twin.rounded.places if twin.rounded is not None else None
    digits = 17 if places is None else _digits(float(twin.value), places)
    if words.specific(generic):
        return bool(words.quantity(name) & words.quantity(generic)) or (
            digits >= _STRONG and not words.specific(name)
        )
    return digits >= 3 or not often
