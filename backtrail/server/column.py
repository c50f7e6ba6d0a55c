"""All points of one metric in memory, and as many of them as a plot has pixels for."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

from backtrail.runlog.lines import written

_BLOCK = 256


class Column:
    """All points of one metric, in the order of the file: three arrays of the same length."""

    __slots__ = ("_greatest", "_least", "_rising", "steps", "times", "values")

    def __init__(self) -> None:
        self.steps = array("d")
        self.times = array("d")
        self.values = array("d")
        # For each whole block of points, where its least and greatest are: a bucket of thousands of points is
        # then answered from some tens of numbers.
        self._least = array("q")
        self._greatest = array("q")
        self._rising = True

    def __len__(self) -> int:
        return len(self.values)

    def extend(self, steps: Iterable[float], times: Iterable[float], values: Iterable[float]) -> None:
        """Takes more points.

        Raises:
            TypeError: one of them is not a number; nothing was taken.
        """
        more = [part if isinstance(part, array) else array("d", part) for part in (steps, times, values)]
        before = len(self.steps)
        self.steps += more[0]
        self.times += more[1]
        self.values += more[2]
        if self._rising:
            tail = self.steps[max(0, before - 1) :].tolist()
            # A NaN is where it is in no order; one sum finds it. Sorting what is sorted is one quick pass.
            self._rising = not math.isnan(sum(tail)) and tail == sorted(tail)
        for start in range(len(self._least) * _BLOCK, len(self) - _BLOCK + 1, _BLOCK):
            least, greatest = self._scan(start, start + _BLOCK)
            self._least.append(least)
            self._greatest.append(greatest)

    def between(self, first: float, last: float) -> range | list[int]:
        """Where the points with ``first <= step <= last`` are."""
        if self._rising:
            return range(bisect_left(self.steps, first), bisect_right(self.steps, last))
        return [place for place, step in enumerate(self.steps) if first <= step <= last]

    def thin(self, start: int, stop: int, width: int) -> range | list[int]:
        """Where at most ``4 * width`` points from ``start`` to before ``stop`` are that keep the shape.

        The points are cut into ``width`` buckets of equal number; each keeps its first, least, greatest and
        last point, so no spike is lost. ``least`` and ``greatest`` pass over NaN.
        """
        total = stop - start
        if total <= 4 * width:
            return range(start, stop)
        kept: list[int] = []
        for bucket in range(width):
            low = start + bucket * total // width
            high = start + (bucket + 1) * total // width
            least, greatest = self._extremes(low, high)
            kept += sorted({low, high - 1} | {place for place in (least, greatest) if place >= 0})
        return kept

    def to_json(self, places: range | list[int]) -> dict[str, Any]:
        """The points at those places in the form of the protocol."""
        if isinstance(places, range):
            pick = slice(places.start, places.stop)
            columns = [self.steps[pick], self.times[pick], self.values[pick]]
        else:
            columns = [
                array("d", [column[place] for place in places])
                for column in (self.steps, self.times, self.values)
            ]
        step, time, value = (_json_numbers(column) for column in columns)
        return {"step": step, "time": time, "value": value, "count": len(self)}

    def _extremes(self, low: int, high: int) -> tuple[int, int]:
        """Where the least and the greatest of some points are; -1 when they are all NaN."""
        first, last = -(-low // _BLOCK), min(high // _BLOCK, len(self._least))
        if first >= last:
            return self._scan(low, high)
        edges = [self._scan(low, first * _BLOCK), self._scan(last * _BLOCK, high)]
        values = self.values
        lows = [place for place in (edges[0][0], *self._least[first:last], edges[1][0]) if place >= 0]
        highs = [place for place in (edges[0][1], *self._greatest[first:last], edges[1][1]) if place >= 0]
        return min(lows, key=values.__getitem__, default=-1), max(highs, key=values.__getitem__, default=-1)

    def _scan(self, low: int, high: int) -> tuple[int, int]:
        part = self.values[low:high]
        if not part:
            return -1, -1
        least, greatest = min(part), max(part)
        # Only a NaN in front makes min() and max() wrong: every comparison with one is false.
        if math.isnan(least) or math.isnan(greatest):
            known = [value for value in part if not math.isnan(value)]
            if not known:
                return -1, -1
            least, greatest = min(known), max(known)
        return low + part.index(least), low + part.index(greatest)


def _json_numbers(values: array[float]) -> list[Any]:
    plain = values.tolist()
    # Non-finite numbers are rare, and one sum finds out.
    return plain if math.isfinite(sum(values)) else [written(value) for value in plain]
