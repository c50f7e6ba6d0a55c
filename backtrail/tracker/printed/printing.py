"""From what is printed to metrics: fragments, lines, what they say, points."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..cellcode import CellCode
from ..recorder import Recorder
from ..sightings import Moment, Rounded
from . import pieces
from .calls import Calls
from .lines import Lines
from .reader import Point, Reader, unfold
from .stream import Streams, Text

_PIECE = 1000
"""Characters that are read before looking at the clock again."""

_SHARE = 0.03
"""Of the time of a cell that is still running, how much reading what it prints may take."""


class Printing:
    """The metrics in what one session prints. ``said`` is told of each text, in order."""

    def __init__(self, recorder: Recorder, said: Callable[[Text], None]) -> None:
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
        self.flush()

    def begin(self, code: CellCode) -> None:
        """A cell begins, with this code."""
        self._streams.waiting.append(lambda: self._calls.begin(code))

    def belongs(self, request: str, at: Moment) -> None:
        """What the request prints from now on belongs to ``at``."""
        self._streams.belongs(request, at)

    def then(self, call: Callable[[], None]) -> None:
        """Has ``call`` called when everything that was printed until now is read."""
        self._streams.collect()
        self._streams.waiting.append(call)

    def read_a_little(self) -> bool:
        """Reads while a cell runs, for a small share of the time since it last did; True: all is read."""
        now = time.monotonic()
        self._streams.collect()
        done = self.read(min((now - self._read_at) * _SHARE, 0.05))
        self._read_at = time.monotonic()
        return done

    def read(self, seconds: float | None) -> bool:
        """Reads what was printed, all of it or for so many seconds; True when all was read.

        Its caller holds the recorder's lock.
        """
        until = None if seconds is None else time.perf_counter() + seconds
        waiting = self._streams.waiting
        while waiting:
            one = waiting.popleft()
            if not isinstance(one, Text):
                self.flush()
                one()
                continue
            if one.at is not self._at:
                self._turn(one.at)
            rest = self._read(one, until)
            if rest is not None:
                waiting.appendleft(one._replace(text=rest))
                return False
            self._streams.read(one)
        return True

    def flush(self) -> None:
        """Takes lines without an end as they are: the cell is over."""
        for stream, lines in self._lines.items():
            for line in lines.flush():
                self._take(line, stream)

    def _read(self, one: Text, until: float | None) -> str | None:
        """Reads a text; what is left of it when the time is over, None when nothing is."""
        lines = self._lines.get(one.stream)
        if lines is None:
            lines = self._lines[one.stream] = Lines()
        start = 0
        while start < len(one.text):
            if start and until is not None and time.perf_counter() > until:
                return one.text[start:]
            end = start + _PIECE
            if end < len(one.text):
                end = one.text.find("\n", end) + 1 or len(one.text)
            part = one.text[start:end]
            self._said(one._replace(text=part))
            for line in lines.feed(part):
                self._take(line, one.stream)
            start = end
        return None

    def _turn(self, at: Moment | None) -> None:
        self.flush()
        self._at = at
        self._readers.clear()

    def _take(self, line: str, stream: str) -> None:
        if self._at is None or len(line) > pieces.LONGEST * 2:
            return
        reader = self._readers.get(stream)
        if reader is None:
            reader = self._readers[stream] = Reader()
        text = pieces.clean(line)
        point = reader.read(text, self._calls.names(text))
        if point is not None:
            self._write(self._at, point)

    def _write(self, at: Moment, point: Point) -> None:
        for group in unfold(point.items):
            values = {name: item.value for name, item in group.items()}
            rounded = {name: Rounded(item.places, item.percent) for name, item in group.items()}
            self._recorder.captured_metrics(values, point.step, "printed", False, at, rounded)

    def _lost(self) -> None:
        self._recorder.session.warn(
            "A cell printed more than is read for metrics; log them with backtrail.log to keep them all."
        )
