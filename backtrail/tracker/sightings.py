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

_RANKS = {"backward": 1, "variable": 1, LAST_EXPRESSION: 2, "table": 3, "tqdm": 3, "printed": 3}
# Libraries whose names are those of functions, not of what the notebook computes with them.
_NAMED_BY_THE_NOTEBOOK = frozenset({"sklearn"})

_HOLD = 0.3
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


class Sightings:
    """The sightings of all runs of a session. Its callers hold the recorder's lock."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._held: list[_Sighting] = []
        self._runs: dict[str, _Known] = {}

    def see(
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
        if rank == 0 and origin not in _NAMED_BY_THE_NOTEBOOK:
            self._settle_rank_zero(at, values, step, origin, exact)
            return
        now = time.monotonic()
        for key, value in values.items():
            how = rounded.get(key) if rounded is not None else None
            self._held.append(_Sighting(at, key, value, step, origin, exact, how, now))

    def settle(self, everything: bool = True) -> None:
        """Writes what was held: all of it, or what better sources have had time to tell themselves."""
        if not self._held:
            return
        before = time.monotonic() - (0.0 if everything else _HOLD)
        ready = self._held
        if not everything:
            ready = [one for one in self._held if one.time <= before]
            if not ready:
                return
        kept = self._held[len(ready) :] if len(ready) < len(self._held) else []
        self._held = [one for one in self._held if one.time > before] if not everything else kept
        ready = self._named(ready)
        order = sorted(range(len(ready)), key=lambda index: (_RANKS.get(ready[index].origin, 0), index))
        chosen = [index for index in order if self._admit(ready[index])]
        self._write([ready[index] for index in sorted(chosen)])

    def forget(self, run: Run) -> None:
        """Lets go of what is known of a run that is over."""
        self._runs.pop(run.id, None)

    def _settle_rank_zero(
        self, at: Moment, values: Mapping[str, float | int], step: Any, origin: str, exact: bool
    ) -> None:
        known = self._known(at.run)
        taken = {key: value for key, value in values.items() if not self._logged(at.run, key)}
        for key, value in taken.items():
            known.add(key, value, at.cell)
            known.owners[key] = (0, origin, at.cell)
        self._recorder.write_captured(at, taken, step, origin, exact)

    def _named(self, ready: list[_Sighting]) -> list[_Sighting]:
        """Gives what a library told the name that the notebook has for it, where it has one."""
        generic = [index for index, one in enumerate(ready) if one.origin in _NAMED_BY_THE_NOTEBOOK]
        if not generic:
            return ready
        result: list[_Sighting | None] = list(ready)
        used: set[int] = set()
        for index in generic:
            one = ready[index]
            best = None
            for other, twin in enumerate(ready):
                if other in used or twin.origin in _NAMED_BY_THE_NOTEBOOK or twin.at.run is not one.at.run:
                    continue
                if _one_value(one, twin) and _can_name(twin.key, one.key, twin):
                    rank = (_RANKS.get(twin.origin, 0), abs(other - index))
                    if best is None or rank < best[0]:
                        best = (rank, other)
            if best is not None:
                twin = ready[best[1]]
                used.add(best[1])
                result[best[1]] = None
                result[index] = one._replace(key=twin.key, step=one.step if twin.step is None else twin.step)
        return [one for one in result if one is not None]

    def _admit(self, one: _Sighting) -> bool:
        """Whether a sighting is news."""
        run, key = one.at.run, one.key
        if one.origin in self._recorder.capture_off or self._logged(run, key):
            return False
        known = self._known(run)
        rank = _RANKS.get(one.origin, 0)
        if rank and known.twin(one, rank):
            return False
        owner = known.owners.get(key)
        if owner is not None and owner[1] != one.origin and owner[2] == one.at.cell:
            # The same name in the same cell, with another value: what has it already keeps it.
            return False
        known.owners[key] = (rank, one.origin, one.at.cell)
        known.add(key, one.value, one.at.cell, one.rounded if rank >= 3 else None, rank)
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


class _Known:
    """What was written to a run by itself: the values, by how they would be printed."""

    def __init__(self) -> None:
        self.owners: dict[str, tuple[int, str, int | None]] = {}
        """Of each key: the rank and the name of the source that told it last, and the execution."""
        self._exact: dict[float, list[tuple[str, int | None]]] = {}
        self._list: list[tuple[float, str, int | None]] = []
        self._by_places: dict[int, dict[float, list[tuple[str, int | None]]]] = {}
        self._printed: dict[float, list[tuple[str, int | None, Rounded]]] = {}
        self._places: set[tuple[int, bool]] = set()

    def add(
        self, key: str, value: float, cell: int | None, rounded: Rounded | None = None, rank: int = 0
    ) -> None:
        """Takes a value that was written."""
        if rank >= 3:
            how = rounded or Rounded(None, False)
            self._printed.setdefault(float(value), []).append((key, cell, how))
            self._places.add((how.places if how.places is not None else 99, how.percent))
            return
        if len(self._list) > _MOST_VALUES:
            self._exact.clear()
            self._list.clear()
            self._by_places.clear()
        entry = (key, cell)
        self._exact.setdefault(float(value), []).append(entry)
        self._list.append((float(value), key, cell))
        for places, index in self._by_places.items():
            _put(index, float(value), places, entry)

    def twin(self, one: _Sighting, rank: int) -> bool:
        """Whether the quantity was written already, as exactly or more so."""
        value = float(one.value)
        if rank < 3:
            if any(_same(one, key, cell, 17) for key, cell in self._exact.get(value, ())):
                return True
            return self._printed_before(one, value)
        how = one.rounded or Rounded(None, False)
        if how.places is None or how.places > 12:
            return any(_same(one, key, cell, 17) for key, cell in self._exact.get(value, ()))
        index = self._by_places.get(how.places)
        if index is None:
            index = self._by_places[how.places] = {}
            for known, key, cell in self._list:
                _put(index, known, how.places, (key, cell))
        digits = _digits(value, how.places)
        return any(_same(one, key, cell, digits) for key, cell in index.get(round(value, how.places), ()))

    def _printed_before(self, one: _Sighting, value: float) -> bool:
        """Whether an exact value was printed, and that was written."""
        for places, percent in self._places:
            shown = value * 100 if percent else value
            for form in {shown, round(shown, places) if places < 99 and shown - shown == 0 else shown}:
                for key, cell, how in self._printed.get(form, ()):
                    digits = 17 if how.places is None else _digits(form, how.places)
                    if _same(one, key, cell, digits):
                        return True
        return False


def _put(
    index: dict[float, list[tuple[str, int | None]]], value: float, places: int, entry: tuple[str, int | None]
) -> None:
    """Files a value under what it looks like with so many decimal places: as it is, and as a percentage."""
    if value - value != 0.0:
        return
    near = 10.0**-places
    for shown in (value, value * 100):
        middle = round(shown, places)
        # Some round halves up and some to even; some cut off.
        other = round(middle + near if shown > middle else middle - near, places)
        for form in (middle, other) if abs(shown - other) <= near * 0.5000001 else (middle,):
            index.setdefault(form, []).append(entry)


def _digits(value: float, places: int) -> int:
    """How many significant digits were printed, without the zeros at the end."""
    if value - value != 0.0:
        return 0
    digits = f"{abs(value):.{max(places, 0)}f}".replace(".", "").lstrip("0")
    return len(digits.rstrip("0"))


def _same(one: _Sighting, key: str, cell: int | None, digits: int) -> bool:
    """Whether two sightings with one value are of one quantity, by their names and by how telling the value is."""
    if key == one.key:
        return True
    mine, other = words.quantity(words.normal(one.key)), words.quantity(words.normal(key))
    splits = (words.split_of(words.normal(one.key)), words.split_of(words.normal(key)))
    if None not in splits and splits[0] != splits[1] and digits < 15:
        return False
    if mine <= other or other <= mine:
        return digits >= 2 or cell == one.at.cell
    if float(one.value).is_integer() and digits >= 15:
        digits = len(str(abs(int(one.value))).rstrip("0"))
    return digits >= _STRONG and cell == one.at.cell


def _one_value(exact: _Sighting, other: _Sighting) -> bool:
    value, shown = float(exact.value), float(other.value)
    if other.rounded is None or other.rounded.places is None:
        return value == shown or value * 100 == shown
    if value - value != 0.0:
        return False
    near = 0.5000001 * 10.0**-other.rounded.places
    return abs(value - shown) <= near or abs(value * 100 - shown) <= near


def _can_name(name: str, generic: str, twin: _Sighting) -> bool:
    """Whether a name of the notebook's is one for what a function of that name returned."""
    mine, other = words.quantity(words.normal(name)), words.quantity(words.normal(generic))
    if mine & other or "score" in generic.split("_")[-1:]:
        return True
    places = twin.rounded.places if twin.rounded is not None else None
    return (17 if places is None else _digits(float(twin.value), places)) >= _STRONG
