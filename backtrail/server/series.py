"""Series of a run: its ``metrics.jsonl`` as columns, read as far as it is written."""

from __future__ import annotations

import asyncio
import math
import time
from array import array
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backtrail.runlog.alike import columns
from backtrail.runlog.lines import Event, decode, number
from backtrail.runlog.metrics import RESERVED, key_of
from backtrail.runlog.tail import Replaced, Tail

from .column import Column
from .wire import parse

_PIECE = 1 << 17
_BYTES_A_POINT = 24
_NAN = math.nan


class MetricsFile:
    """One ``metrics.jsonl`` as columns. It grows with the file; only new bytes are read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.columns: dict[str, Column] = {}
        self.generation = 0
        """Counts how often the file was another one and everything was read anew."""
        self._tail = Tail(path)

    @property
    def size(self) -> int:
        """About how many bytes of memory the points take."""
        return sum(map(len, self.columns.values())) * _BYTES_A_POINT

    @property
    def share(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return self._tail.offset / self._tail.size if self._tail.size else 1.0

    async def grow(self, until: float = math.inf) -> bool:
        """Reads what is new, in pieces of a millisecond: nobody else on the event loop waits long.

        A file that is not there (yet, or any more) has no points. Several may have it read at the same time:
        each piece is taken once.

        Returns whether that was all: at ``until``, a time of the monotonic clock, it stops between two
        pieces.

        Raises:
            OSError: the file cannot be read.
        """
        while self._read_piece():
            await asyncio.sleep(0)
            if time.monotonic() > until:
                return False
        return True

    def _read_piece(self) -> bool:
        try:
            data = self._tail.read(_PIECE)
        except (FileNotFoundError, NotADirectoryError):
            if self.columns:
                self._reset()
            return False
        except Replaced:
            self._reset()
            return True
        if not data:
            return False
        alike = columns(data, parse)
        if alike is None:
            self._take(decode(data, parse).events)
        else:
            self._take_columns(alike)
        return True

    def _reset(self) -> None:
        self.columns = {}
        self.generation += 1
        self._tail = Tail(self.path)

    def _take_columns(self, alike: dict[str, array[float]]) -> None:
        count = len(next(iter(alike.values())))
        unknown = array("d", [_NAN]) * count
        steps, times = alike.get("step", unknown), alike.get("time", unknown)
        for name, values in alike.items():
            if name not in RESERVED:
                self._column(name).extend(steps, times, values)

    def _take(self, lines: list[Event]) -> None:
        # Mostly one call logs the same metrics again and again: lines of one form are taken together.
        start = 0
        while start < len(lines):
            names = lines[start].keys()
            stop = start + 1
            while stop < len(lines) and lines[stop].keys() == names:
                stop += 1
            self._take_alike(lines[start:stop])
            start = stop

    def _take_alike(self, lines: list[Event]) -> None:
        steps = [_number_or_nan(line.get("step")) for line in lines]
        times = [_number_or_nan(line.get("time")) for line in lines]
        for name in lines[0]:
            if name in RESERVED:
                continue
            raw = [line[name] for line in lines]
            if {float, int}.issuperset(map(type, raw)):
                self._column(name).extend(steps, times, raw)
                continue
            values = list(map(number, raw))
            places = [place for place, value in enumerate(values) if value is not None]
            if places:
                self._column(name).extend(
                    [steps[place] for place in places],
                    [times[place] for place in places],
                    [values[place] for place in places],  # type: ignore[misc]
                )

    def _column(self, name: str) -> Column:
        return self.columns.setdefault(key_of(name), Column())


class SeriesCache:
    """The files that were read last, as many as fit into ``limit`` bytes of memory.

    A file that somebody follows is held by them, too, and is found here again as long as it is not put out.
    """

    def __init__(self, limit: int = 256 << 20) -> None:
        self.limit = limit
        self._files: OrderedDict[Path, MetricsFile] = OrderedDict()

    async def file(self, path: Path) -> MetricsFile:
        """A file, read to its end.

        Raises:
            OSError: the file cannot be read.
        """
        file = self.held(path)
        await file.grow()
        self.shrink()
        return file

    def held(self, path: Path) -> MetricsFile:
        """A file, read as far as it was."""
        file = self._files.get(path) or self._files.setdefault(path, MetricsFile(path))
        self._files.move_to_end(path)
        return file

    def shrink(self) -> None:
        """Puts out what does not fit, longest unused first."""
        sizes = {path: file.size for path, file in self._files.items()}
        total = sum(sizes.values())
        for path in list(self._files)[:-1]:
            if total <= self.limit and len(self._files) <= 1000:
                break
            total -= sizes[path]
            del self._files[path]


def thinned(
    file: MetricsFile,
    keys: Iterable[str] | None,
    width: int,
    first: float = -math.inf,
    last: float = math.inf,
) -> dict[str, Any]:
    """Series of the protocol: of each key at most ``4 * width`` points, steps from ``first`` to ``last``."""
    series = {}
    for key in file.columns if keys is None else keys:
        column = file.columns.get(key)
        if column is None:
            continue
        if first == -math.inf and last == math.inf:
            places = column.thin(0, len(column), width)
        else:
            places = _thin_window(column, column.between(first, last), width)
        series[key] = column.to_json(places)
    return series


def _thin_window(column: Column, places: range | list[int], width: int) -> range | list[int]:
    if isinstance(places, range):
        return column.thin(places.start, places.stop, width)
    window = Column()
    window.extend(
        *([values[place] for place in places] for values in (column.steps, column.times, column.values))
    )
    return [places[place] for place in window.thin(0, len(window), width)]


def _number_or_nan(value: object) -> float:
    if type(value) is float or type(value) is int:
        return value
    found = number(value)
    return _NAN if found is None else found
