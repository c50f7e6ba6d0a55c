"""Points of ``metrics.jsonl``: names of metrics in a line, and what a summary says of each metric."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .lines import Event, number, written

RESERVED = frozenset({"step", "time", "cell"})


def field(key: str) -> str:
    """The field of a line that holds the metric ``key``."""
    return f"/{key}" if key in RESERVED or key.startswith("/") else key


def key_of(name: str) -> str:
    """The metric that the field ``name`` holds: the inverse of ``field``."""
    return name[1:] if name.startswith("/") else name


class MetricSummary:
    """What is said of one metric: its first, last, least and greatest value, how many, and the last step.

    ``min`` and ``max`` pass over NaN (None when there is nothing else); ``first`` and ``last`` do not.
    """

    __slots__ = ("count", "first", "last", "max", "min", "step")

    def __init__(self) -> None:
        self.first: float | None = None
        self.last: float | None = None
        self.min: float | None = None
        self.max: float | None = None
        self.count = 0
        self.step: float | None = None

    def add(self, step: float | None, value: float) -> None:
        """Takes one more point."""
        if not self.count:
            self.first = value
        self.last = value
        self.step = step
        self.count += 1
        if self.min is None or self.max is None:
            if value == value:  # noqa: PLR0124 - NaN, without the cost of a call
                self.min = self.max = value
        elif value < self.min:
            self.min = value
        elif value > self.max:
            self.max = value

    def fold(self, values: Sequence[float], step: float | None) -> None:
        """Takes many points at once, ``step`` being that of the last one."""
        if not values:
            return
        if not self.count:
            self.first = values[0]
        self.last = values[-1]
        self.step = step
        self.count += len(values)
        # A sum tells in one pass whether a NaN is among them; min() and max() of such a list would be wrong.
        known = [value for value in values if not math.isnan(value)] if math.isnan(sum(values)) else values
        if known:
            least, greatest = min(known), max(known)
            self.min = least if self.min is None else min(self.min, least)
            self.max = greatest if self.max is None else max(self.max, greatest)

    def to_json(self) -> dict[str, Any]:
        """As ``run.json`` has it: non-finite numbers are strings."""
        return {
            "last": written(self.last),
            "min": written(self.min),
            "max": written(self.max),
            "first": written(self.first),
            "count": self.count,
            "step": written(self.step),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> MetricSummary:
        """The inverse of ``to_json``.

        Raises:
            ValueError: it does not have that form.
        """
        summary = cls()
        count = value.get("count")
        if not isinstance(count, int):
            raise ValueError("A metric of run.json has no count.")
        summary.count = count
        for name in ("last", "min", "max", "first", "step"):
            setattr(summary, name, number(value.get(name)))
        return summary


class MetricsSummary:
    """The summaries of all metrics of a run, by name."""

    def __init__(self) -> None:
        self.by_key: dict[str, MetricSummary] = {}
        self.last_time: float | None = None
        """Seconds since 1970 of the last line that has a time."""

    def of(self, key: str) -> MetricSummary:
        """The summary of the metric ``key``, made when it is new."""
        summary = self.by_key.get(key)
        if summary is None:
            summary = self.by_key[key] = MetricSummary()
        return summary

    def feed_columns(self, columns: Mapping[str, Sequence[float]]) -> None:
        """Takes lines with the same fields and nothing but numbers, as columns of one length."""
        steps, times = columns.get("step"), columns.get("time")
        if times:
            self.last_time = times[-1]
        for name, values in columns.items():
            if name not in RESERVED:
                self.of(key_of(name)).fold(values, steps[-1] if steps else None)

    def feed(self, lines: Iterable[Event]) -> None:
        """Takes lines of ``metrics.jsonl``. A field that holds no number is no point of a metric."""
        add: dict[str, Any] = {}
        for line in lines:
            step = number(line.get("step"))
            time = line.get("time")
            if type(time) is float or type(time) is int:
                self.last_time = time
            for name, raw in line.items():
                if name in RESERVED:
                    continue
                value = raw if type(raw) is float else number(raw)
                if value is None:
                    continue
                take = add.get(name)
                if take is None:
                    take = add[name] = self.of(key_of(name)).add
                take(step, value)

    def to_json(self) -> dict[str, Any]:
        """As ``run.json`` has it."""
        return {key: summary.to_json() for key, summary in self.by_key.items()}
