"""From what is printed to metrics: fragments, lines, what they say, points."""

from __future__ import annotations

import time
from collections.abc import Callable
from ..recorder import Recorder
from ..sightings import Moment, Rounded
from . import pieces
from .calls import Calls
from .lines import Lines, Printed
from .reader import Point, Reader, unfold
from .stream import Fragment, Streams

_SHARE = 0.03
"""Of the time of a cell that is still running, how much reading what it prints may take."""


class Printing:
    """The metrics in what one session prints."""

    def __init__(self, recorder: Recorder, said: Callable[[Fragment], None]) -> None:
        self._recorder = recorder
        self._said = said
        self._streams = Streams(self._lost)
        self._calls = Calls()
        self._at: Moment | None = None
        self._lines: dict[str, Lines] = {}
        self._readers: dict[str, Reader] = {}
        self._read_at = time.monotonic()

    def start(self) -> None:
        """Begins to listen."""
        self._streams.start()

    def stop(self) -> None:
        """Reads what is left, and stops listening."""
        self._streams.stop()
        self.read(None)

    def mark(self, at: Moment) -> None:
        """What is printed from now on belongs to ``at``."""
        self._streams.mark(at)

    def then(self, call: Callable[[], None]) -> None:
        """Has ``call`` called when everything that was printed until now is read."""
        self._streams.waiting.append(call)

    def read_a_little(self) -> None:
        """Reads while a cell runs, for a small share of the time since the last reading."""
        now = time.monotonic()
        self.read(min((now - self._read_at) * _SHARE, 0.05))
        self._read_at = time.monotonic()

    def read(self, seconds: float | None) -> bool:
        """Reads what was printed, all of it or for so many seconds; True when all was read.

        What is read belongs to the moment that was marked before it. Its caller holds the recorder's lock.
        """
        until = None if seconds is None else time.perf_counter() + seconds
        waiting = self._streams.waiting
        count = 0
        while waiting:
            try:
                one = waiting.popleft()
            except IndexError:
                break
            if isinstance(one, Moment):
                self._turn(one)
                continue
            if not isinstance(one, Fragment):
                self.flush()
                one()
                continue
            self._streams.taken(one)
            self._said(one)
            lines = self._lines.get(one.stream)
            if lines is None:
                lines = self._lines[one.stream] = Lines()
            for line in lines.feed(one):
                self._take(line)
            count += 1
            if until is not None and not count % 16 and time.perf_counter() > until:
                return False
        return True

    def flush(self) -> None:
        """Takes lines without an end as they are: the cell is over."""
        for lines in self._lines.values():
            for line in lines.flush():
                self._take(line)

    def _turn(self, at: Moment) -> None:
        self.flush()
        self._at = at
        self._readers.clear()

    def _take(self, line: Printed) -> None:
        if self._at is None:
            return
        reader = self._readers.get(line.start.stream)
        if reader is None:
            reader = self._readers[line.start.stream] = Reader()
        if len(line.text) > pieces.LONGEST * 2:
            return
        text = pieces.clean(line.text)
        names = () if line.start.code is None else self._calls.names(line.start.code, line.start.offset, text)
        point = reader.read(text, names)
        if point is not None:
            self._write(self._at, point, "tqdm" if "%|" in line.text else "printed")

    def _write(self, at: Moment, point: Point, origin: str) -> None:
        for group in unfold(point.items):
            values = {name: item.value for name, item in group.items()}
            rounded = {name: Rounded(item.places, item.percent) for name, item in group.items()}
            self._recorder.captured_metrics(values, point.step, origin, False, at, rounded)

    def _lost(self) -> None:
        self._recorder.session.warn(
            "A cell printed more than is read for metrics; log them with backtrail.log to keep them all."
        )
