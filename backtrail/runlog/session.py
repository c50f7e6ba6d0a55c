"""What one log says of the session that wrote it: who, where, in which environment, and the executions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import times
from .latest import Latest, Order
from .lines import Event


class Execution:
    """One execution of one cell."""

    __slots__ = ("cell", "count", "duration", "ended", "n", "sha256", "started", "status")

    def __init__(self, n: int, start: Event) -> None:
        self.n = n
        self.cell = start.get("cell")
        self.count = start.get("count")
        self.sha256 = start.get("sha256")
        self.started = times.microseconds(start.get("time"))
        self.ended = False
        self.status: Any = None
        self.duration: Any = None

    def end(self, event: Event) -> None:
        """Takes its ``cell_end``."""
        self.ended = True
        self.status = event.get("status")
        self.duration = event.get("duration")
        if event.get("count") is not None:
            self.count = event["count"]

    def to_json(self, open_status: str) -> dict[str, Any]:
        """As ``run.json`` has it; ``open_status`` is said of an execution that has no end."""
        return {
            "n": self.n,
            "cell": self.cell,
            "count": self.count,
            "sha256": self.sha256,
            "status": self.status if self.ended else open_status,
            "duration": self.duration,
        }


class SessionSummary:
    """One log: a session's, or an editor's, of which there is little to say."""

    def __init__(self, log_id: str) -> None:
        self.id = log_id
        self.is_editor = False
        self.header: Event = {}
        self.environment: Event | None = None
        self.executions: dict[int, Execution] = {}
        self.runs: list[str] = []
        """The ids of its runs, in the order in which it told of them."""
        self.warnings: list[tuple[str, Any]] = []
        self.random_states = False
        """Whether a state of random numbers was kept."""
        self.ended: str | None = None
        """The time of ``session_end``."""
        self.damaged = 0
        self.torn = False
        self.latest = 0
        """The latest time of all lines, in microseconds since 1970."""
        self._path: Latest[str] = Latest()
        self._outline: Latest[str] = Latest()
        self._clock = 0
        self._lines = 0

    def place(self, event: Event) -> Order:
        """The order of the next event of this log."""
        time = times.microseconds(event.get("time"))
        if time is not None:
            self.latest = max(self.latest, time)
            self._clock = max(self._clock, time)
        self._lines += 1
        return (self._clock, self.id, self._lines)

    def take(self, event: Event, order: Order) -> None:
        """Takes an event of its own log that names no run."""
        kind = event.get("event")
        n = event.get("n")
        if kind == "session":
            self.header = event
            path = self.part("notebook").get("path")
            if isinstance(path, str):
                self._path.put("path", path, order)
        elif kind == "editor":
            self.header, self.is_editor = event, True
        elif kind == "environment":
            self.environment = {key: event[key] for key in event if key not in ("event", "time", "run")}
        elif kind == "cell_start" and type(n) is int:
            self.executions[n] = Execution(n, event)
        elif kind == "cell_end" and type(n) is int:
            # Its start may have stood in a damaged line.
            self.executions.setdefault(n, Execution(n, {})).end(event)
        elif kind == "warning" and isinstance(event.get("message"), str):
            self.warnings.append((event["message"], n))
        elif kind == "random_state" and isinstance(event.get("state"), str):
            self.random_states = True
        elif kind == "session_end":
            self.ended = event.get("time")

    def move(self, path: object, order: Order) -> None:
        """Takes a path of its notebook, from whichever log."""
        if isinstance(path, str):
            self._path.put("path", path, order)

    def outlined(self, blob: object, order: Order) -> None:
        """Takes the outline of its notebook, from whichever log."""
        if isinstance(blob, str):
            self._outline.put("outline", blob, order)

    @property
    def outline(self) -> str | None:
        """The blob of the notebook's cells in order, as last told."""
        blob: str | None = self._outline.get("outline")
        return blob

    @property
    def path(self) -> str | None:
        """The last path known of the notebook, absolute."""
        path: str | None = self._path.get("path")
        return path

    @property
    def path_since(self) -> int:
        """When that path was last told, in microseconds since 1970."""
        order = self._path.order("path")
        return order[0] if order else 0

    def part(self, name: str) -> dict[str, Any]:
        """An object in the first line of the log; empty when the line is damaged."""
        value = self.header.get(name)
        return value if isinstance(value, dict) else {}

    def began_after(self, time: int, cells: list[dict[str, Any]]) -> bool:
        """Whether one of these executions began after a time, in microseconds since 1970."""
        began = (self.executions[cell["n"]].started for cell in cells if cell["n"] in self.executions)
        return any(one is not None and one > time for one in began)

    def span(self, first: int, last: int | None) -> Iterator[Execution]:
        """The executions from ``first`` to ``last``, or to the end, in order."""
        final = max(self.executions, default=0)
        final = final if last is None else min(final, last)
        # Most spans are short beside their session; a damaged number must not make one endless.
        short = final - first < len(self.executions)
        for n in range(first, final + 1) if short else sorted(self.executions):
            if first <= n <= final and n in self.executions:
                yield self.executions[n]
