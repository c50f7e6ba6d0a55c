"""The arbiter: holds sightings for a moment, and has written what is news."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..names import words
from .claims import Claims, Place, is_logged, place_of
from .ends import without_ends
from .likeness import is_telling
from .naming import LOOPING, named
from .sighting import NAMED_BY_THE_NOTEBOOK, TEXT, Moment, Rounded, Sighting, rank
from .written import Written

if TYPE_CHECKING:
    from ..recorder import Recorder
    from ..run import Run

_HOLD = 0.3
_HOLD_NAMELESS = 1.0
"""Seconds. What was computed is printed a little later."""
_HOLD_BEHIND = 10.0
"""Seconds, where what is printed is read a good while later: the machine is busy."""
_MOST_REPEATS = 5000
_MOST_EXPECTED = 100
_SERIES = 3
"""So many values of a list tell that it is one that was printed before."""


class Sightings:
    """The sightings of all runs of a session. Its callers hold the recorder's lock."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._held: list[Sighting] = []
        self._released: list[Sighting] = []
        """Texts that seemed to repeat something, and do not."""
        self._runs: dict[str, Written] = {}
        self._claims = Claims()
        self._expected: list[tuple[int | None, str]] = []
        """By execution, series that are told when the cell is over."""
        self._whole: set[Place] = set()
        """Lists that are series of their own, though single values may be equal to others."""

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
        standing = rank(origin)
        # A library's series, of folds or rounds, is whole under the library's name.
        nameless = origin in NAMED_BY_THE_NOTEBOOK and step is None
        if standing == 0 and not nameless:
            self._settle_rank_zero(at, values, step, origin, exact)
            return
        now = time.monotonic()
        for key, value in values.items():
            how = rounded.get(key) if rounded is not None else None
            self._held.append(Sighting(at, key, value, step, origin, exact, how, now, nameless))

    def settle(self, everything: bool = True, *, behind: bool = False) -> None:
        """Writes what was held: all of it, or what better sources have had time to tell themselves.

        ``behind``: there are printed texts that nobody has read yet, which may name what a library told.
        """
        if not self._held:
            return
        ready, self._held = named(self._held, self._told_by_library), []
        if not everything:
            now = time.monotonic()
            unnamed = [one.key for one in ready if one.nameless]
            hold = _HOLD_BEHIND if behind else _HOLD_NAMELESS
            for one in ready:
                # At the cell's end a variable may name it; in a loop nobody waits for that.
                waits = one.nameless and unnamed.count(one.key) < LOOPING
                if waits or now - one.time < (hold if one.nameless else _HOLD):
                    self._held.append(one)
            ready = [one for one in ready if one not in self._held]
            if not ready:
                return
        ready = without_ends(self._claims.unclaimed(ready))
        ready, self._whole = self._series(ready)
        order = sorted(range(len(ready)), key=lambda index: (rank(ready[index].origin), index))
        chosen = {index for index in order if self._admit(ready[index])}
        released, self._released = self._released, []
        self._write([*released, *(ready[index] for index in sorted(chosen))])

    def told(self, at: Moment, key: str) -> bool:
        """Whether a metric of the same words was seen in this execution already."""
        mine = words.quantity(words.normal(key)) - set(words.SPLITS.values())
        held = (one.key for one in self._held if one.at.cell == at.cell)
        known = (name for name, owner in self._known(at.run).owners.items() if owner[1] == at.cell)
        expected = (name for cell, name in self._expected if cell == at.cell)
        return any(mine & words.quantity(words.normal(name)) for name in (*held, *known, *expected))

    def expect(self, key: str) -> None:
        """A series of this name is told at the end of the present cell, if nothing else tells it."""
        self._expected = [*self._expected[-_MOST_EXPECTED:], (self._recorder.current_cell(), key)]

    def forget(self, run: Run) -> None:
        """Lets go of what is known of a run that is over."""
        self._runs.pop(run.id, None)

    def _settle_rank_zero(
        self, at: Moment, values: Mapping[str, float | int], step: Any, origin: str, exact: bool
    ) -> None:
        known = self._known(at.run)
        taken = {key: value for key, value in values.items() if not is_logged(at.run, key)}
        for key, value in taken.items():
            known.add(key, float(value), at.cell, origin)
        self._recorder.write_captured(at, taken, step, origin, exact)

    def _told_by_library(self, one: Sighting) -> bool:
        return rank(one.origin) >= TEXT and self._known(one.at.run).told_by_library(one)

    def _admit(self, one: Sighting) -> bool:
        """Whether a sighting is news."""
        run, key = one.at.run, one.key
        if one.origin in self._recorder.capture_off or is_logged(run, key):
            return False
        known = self._known(run)
        owner = known.owners.get(key)
        if rank(one.origin) >= TEXT:
            return self._admit_text(one, known, owner)
        # A series that was begun has no gaps, whatever a single value may be equal to.
        if owner != (one.origin, one.at.cell):
            if place_of(one) not in self._whole and known.twin(one) is not None:
                return False
            if owner is not None and owner[1] == one.at.cell:
                # The same name in the same cell, with another value: what has it already keeps it.
                return False
        known.add(key, float(one.value), one.at.cell, one.origin)
        return True

    def _admit_text(self, one: Sighting, known: Written, owner: tuple[str, int | None] | None) -> bool:
        """Decides of a text for all of a cell: it repeats what is known, until it tells something new."""
        mine = owner == (one.origin, one.at.cell)
        if mine and one.origin == "table" and known.twin(one) is not None:
            return False
        if not mine:
            repeats = known.repeats.setdefault((one.key, one.at.cell), [])
            twin = known.twin(one)
            if twin is not None and len(repeats) < _MOST_REPEATS:
                # What one value of a series repeats is no reason for a gap in it.
                if twin.key != one.key or one.step is not None:
                    repeats.append(one)
                return False
            if owner is not None and owner[1] == one.at.cell and owner[0] not in NAMED_BY_THE_NOTEBOOK:
                return False
            for before in repeats:
                known.add(before.key, float(before.value), before.at.cell, before.origin, before.form)
            self._released += repeats
            repeats.clear()
        known.add(one.key, float(one.value), one.at.cell, one.origin, one.form)
        return True

    def _write(self, chosen: list[Sighting]) -> None:
        """One line for what was seen together."""
        line: dict[str, float | int] = {}
        first: Sighting | None = None
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

    def _series(self, ready: list[Sighting]) -> tuple[list[Sighting], set[Place]]:
        """Decides of lists as a whole: without those that were printed, and which are no repetition."""
        lists: dict[Place, list[Sighting]] = {}
        for one in ready:
            if one.origin == "variable" and one.step is not None:
                lists.setdefault(place_of(one), []).append(one)
        whole: set[Place] = set()
        printed: set[Place] = set()
        for place, group in lists.items():
            known = self._known(group[0].at.run)
            if len(group) < _SERIES or known.owners.get(group[0].key) == (group[0].origin, group[0].at.cell):
                continue
            if all(known.printed_before(one) for one in group):
                printed.add(place)
            elif sum(is_telling(one.value) and known.twin(one) is not None for one in group) * 2 < len(group):
                whole.add(place)
        return [one for one in ready if place_of(one) not in printed], whole

    def _known(self, run: Run) -> Written:
        known = self._runs.get(run.id)
        if known is None:
            while len(self._runs) > 20:
                self._runs.pop(next(iter(self._runs)))
            known = self._runs[run.id] = Written()
        return known
