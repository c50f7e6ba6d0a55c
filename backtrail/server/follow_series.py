"""Following the metrics of a run."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

from .column import Column
from .follow import Follow, Send, existing
from .series import MetricsFile, thinned
from .service import Service

_FIRST = 0.25
_LONGEST = 2.0
"""Seconds for which a long file is read until what is known of it is sent, at first and after doublings."""


class FollowSeries(Follow):
    """Series of a run, thinned out, then the points as they are logged; ``path`` is their file.

    Of a file that takes long to read, what has been read is sent meanwhile, an eighth as fine and less and
    less often, so that it is little beside the whole, with the share that it is as ``reading``.
    """

    pause = 0.005

    def __init__(self, service: Service, send: Send, path: Path, keys: list[str] | None, width: int) -> None:
        self._path = path
        self._keys = keys
        self._width = width
        self._sent: dict[str, int] = {}
        self._file: MetricsFile | None = None
        self._generation = -1
        self._is_partial = False
        self._turn = _FIRST
        super().__init__(service, send)

    async def message(self) -> dict[str, Any] | None:
        if self.watch({existing(self._path.parent): self.touch}):
            self.touch()
        self._file = file = self._file or self.service.series.held(self._path)
        is_whole = await file.grow(time.monotonic() + self._turn)
        self._turn = _FIRST if is_whole else min(2 * self._turn, _LONGEST)
        if not is_whole:
            self.touch()
        if file.generation != self._generation or self._is_partial or not is_whole:
            self.service.series.shrink()
            self._generation, self._is_partial = file.generation, not is_whole
            self._sent = {key: len(column) for key, column in file.columns.items()}
            width = self._width if is_whole else max(1, self._width // 8)
            reading = {} if is_whole else {"reading": file.share}
            return {"series": thinned(file, self._keys, width), **reading}
        points = {
            key: self._news(key, column)
            for key, column in self._columns(file)
            if len(column) > self._sent.get(key, 0)
        }
        return {"points": points} if points else None

    def _columns(self, file: MetricsFile) -> list[tuple[str, Column]]:
        return [
            (key, column) for key, column in file.columns.items() if self._keys is None or key in self._keys
        ]

    def _news(self, key: str, column: Column) -> dict[str, Any]:
        start, stop = self._sent.get(key, 0), len(column)
        self._sent[key] = stop
        raw = stop - start <= self._width
        return column.to_json(range(start, stop) if raw else column.thin(start, stop, self._width))


def width_of(value: object) -> int:
    """A plot's width in pixels from what a client says; 600 when it says nothing sensible."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return max(1, min(int(value), 10_000))
    return 600
