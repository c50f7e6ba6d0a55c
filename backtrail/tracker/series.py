"""Points of metrics on their way to ``metrics.jsonl``: the one path of the tracker that has to be fast.

A point is one formatted line and one ``os.write``. Everything that stays the same from one point to the next
(the name, the cell, the whole second) stands in a prepared form; whatever is unusual goes the slow way,
through `Points.record`, which prepares the form anew.
"""

from __future__ import annotations

import json
import math
import os
import threading
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from time import time
from typing import Any, Callable

from ..runlog.lines import decode
from ..runlog.metrics import MetricsSummary, MetricSummary, field
from .log import Log

_LARGEST_REREAD = 64 << 20
_RECENT = 2048


class Channel:
    """What one metric of one run needs to get a point to the file."""

    __slots__ = (
        "descriptor",
        "form",
        "keep",
        "key",
        "last",
        "points",
        "recent",
        "second",
        "steps",
        "summary",
        "values",
    )

    def __init__(self, key: str, points: Points, summary: MetricSummary) -> None:
        self.key = key
        self.points = points
        self.summary = summary
        self.form = b""
        self.second = 0.0
        self.descriptor = -1
        self.values = array("d")
        self.keep = self.values.append
        self.recent = array("d")
        """The last values that were folded; some hundred of them at least."""
        self.last: float | int | None = None
        self.steps: Iterator[float | int] | None = None

    def fold(self) -> None:
        """Takes the collected values into the summary. A thread may append meanwhile: what it adds stays."""
        taken = self.values[:]
        if taken:
            del self.values[: len(taken)]
            self.summary.fold(taken, self.last)
            self.recent.extend(taken)
            if len(self.recent) > 2 * _RECENT:
                del self.recent[:-_RECENT]


class Group:
    """Metrics that were logged in one call, and will be again."""

    __slots__ = ("channels", "descriptor", "form", "points", "second")

    def __init__(
        self, points: Points, channels: list[Channel], form: bytes, second: float, file: int
    ) -> None:
        self.points = points
        self.channels = channels
        self.form = form
        self.second = second
        self.descriptor = file

    def next_step(self) -> float | int:
        """The step of a call that gives none."""
        steps = self.channels[0].steps
        if len(self.channels) == 1 and steps is not None:
            return next(steps)
        with self.points.lock:
            return next_step(self.channels)


live: dict[str, Channel] = {}
"""The metrics whose next point may go the fast way, `log_metric`: those of the open run, in this cell."""

together: dict[tuple[str, ...], Group] = {}
"""The same for the metrics of one call."""


def halt() -> None:
    """Makes every next point go the slow way: the cell, the run or the file is about to be another one."""
    live.clear()
    together.clear()


def next_step(channels: list[Channel]) -> float | int:
    """One more than the highest last step of these metrics, from 0; they count on from it."""
    last = [channel.last for channel in channels if channel.last is not None]
    step = max(last) + 1 if last else 0
    for channel in channels:
        channel.steps = count(step + 1)
    return step


class Points:
    """The points of one run: the file, and what its summary says so far."""

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self.path = path
        self.log: Log | None = None
        self._say = say
        self._summary = MetricsSummary()
        self._channels: dict[str, Channel] = {}
        self._gaps = 0
        self.lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._channels)

    def __contains__(self, key: object) -> bool:
        return key in self._channels

    def record(
        self, metrics: Mapping[str, float | int], step: Any, seconds: float | None, cell: int | None
    ) -> None:
        """Writes one line with these metrics. ``seconds`` since 1970, or None: now."""
        with self.lock:
            if self.log is None:
                self.log = Log(self.path, self._say)
            channels = {key: self._channel(key) for key in metrics}
            if step is None:
                step = Group(self, list(channels.values()), b"", 0.0, -1).next_step()
            else:
                for channel in channels.values():
                    channel.steps = None
            moment = time() if seconds is None else seconds
            named = "".join(f",{_name(key)}:{_number(value)}" for key, value in metrics.items())
            cell_text = "null" if cell is None else str(cell)
            self.log.write(
                f'{{"step":{_number(step)},"time":{moment:.6f},"cell":{cell_text}{named}}}\n'.encode()
            )
            for key, channel in channels.items():
                channel.keep(float(metrics[key]))
                channel.last = step
                channel.fold()

    def open_fast(self, keys: Collection[str], cell: int | None) -> None:
        """Lets the next points of ``keys`` go the fast way, in this cell and for the rest of this second."""
        if self.log is None or not self.log.healthy:
            return
        second = math.floor(time())
        names = "".join(f",{_name(key)}:".replace("%", "%%") + "%a" for key in keys)
        cell_text = "null" if cell is None else str(cell)
        form = f'{{"step":%d,"time":{second}.%06d,"cell":{cell_text}{names}}}\n'.encode()
        channels = [self._channels[key] for key in keys]
        if len(channels) == 1:
            (channel,) = channels
            channel.second, channel.form, channel.descriptor = float(second), form, self.log.descriptor
            live[channel.key] = channel
        together[tuple(keys)] = Group(self, channels, form, float(second), self.log.descriptor)

    def rescue(
        self, channels: list[Channel], line: bytes, written: int, step: float, values: Iterable[float]
    ) -> None:
        """Takes over a line that the disk did not take, or not whole."""
        halt()
        with self.lock:
            self.log = self.log or Log(self.path, self._say)
            self.log.rest(line, written)
            for channel, value in zip(channels, values):
                channel.keep(value)
                channel.last = step

    def close(self) -> None:
        """Closes the file, once it is on the disk. The next point, should there be one, opens it again."""
        with self.lock:
            if self.log is not None:
                self.log.sync()
                self.log.close()
                self.log = None

    def check(self) -> bool:
        """Makes sure that the file is still there and ours; True when it holds less than was counted."""
        if self.log is None:
            return False
        self.log.check()
        before, self._gaps = self._gaps, self.log.renewed + self.log.lost
        return self._gaps > before

    def reread(self) -> None:
        """Makes the summary anew from the file.

        An interrupt can fall between writing a point and counting it, and a child may have written some.
        """
        with self.lock:
            try:
                if os.path.getsize(self.path) > _LARGEST_REREAD:
                    return
                summary = MetricsSummary()
                data = self.path.read_bytes()
            except OSError:
                return
            summary.feed(decode(data).events)
            for key, channel in self._channels.items():
                del channel.values[:]
                channel.summary = summary.of(key)
            self._summary = summary
            for key in summary.by_key:
                self._channel(key)

    def summary(self) -> MetricsSummary:
        """What is known of the metrics now."""
        with self.lock:
            for channel in self._channels.values():
                channel.fold()
            return self._summary

    def last(self) -> dict[str, float]:
        """The last value of each metric."""
        found = {key: metric.last for key, metric in self.summary().by_key.items()}
        return {key: value for key, value in found.items() if value is not None}

    def lately(self, keys: Iterable[str]) -> dict[str, list[float]]:
        """The last values of these metrics, some hundred of each at least."""
        with self.lock:
            channels = [self._channels[key] for key in keys if key in self._channels]
            return {one.key: [*one.recent[-_RECENT:], *one.values[-_RECENT:]] for one in channels}

    def _channel(self, key: str) -> Channel:
        channel = self._channels.get(key)
        if channel is None:
            channel = self._channels[key] = Channel(key, self, self._summary.of(key))
        return channel


def _name(key: str) -> str:
    name = json.dumps(field(key), ensure_ascii=False)
    try:
        name.encode()
    except UnicodeEncodeError:
        # A lone surrogate has no UTF-8 form, but it has a JSON escape.
        return json.dumps(field(key))
    return name


def _number(value: float | int) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return '"NaN"' if value != value else '"Infinity"' if value > 0 else '"-Infinity"'  # noqa: PLR0124
        return float.__repr__(value)
    return str(value)
