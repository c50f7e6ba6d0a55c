"""What a session's log tells of its executions, as far as marks at the cells need it."""

from __future__ import annotations

from typing import Any

from backtrail.runlog.lines import Event

Execution = dict[str, Any]
"""One execution as it travels: ``n``, ``cell``, ``count``, ``source``, ``started``, ``status``, ``duration``,
``error``, ``reads``, ``wrote``, ``deleted``, ``seeds``, ``drew``."""


class Executions:
    """The executions of one session in their order, kept true while its log is read."""

    def __init__(self) -> None:
        self.open_since: int | None = None
        """The first execution of the run that is open; None when none is."""
        self._runs: dict[str, int] = {}
        self._by_n: dict[int, Execution] = {}
        self._last: dict[str, int] = {}
        self._changed: set[int] = set()

    def feed(self, event: Event) -> None:
        """Takes up one line of the log; what says nothing of executions is passed over."""
        kind = event.get("event")
        if kind == "cell_start":
            self._begin(event)
        elif kind == "run_start":
            first = event.get("cell")
            if isinstance(event.get("run"), str) and isinstance(first, int):
                self._runs[event["run"]] = first
        elif kind == "run_end":
            self._runs.pop(str(event.get("run")), None)
        elif kind == "session_end":
            self._runs.clear()
        elif kind in _TELL:
            execution = self._by_n.get(event.get("cell" if kind == "seed" else "n", 0))
            if execution is not None:
                _TELL[kind](execution, event)
                self._changed.add(execution["n"])
        self.open_since = max(self._runs.values(), default=None)

    def take(self) -> list[Execution]:
        """What has changed since the last call. Only the last execution of a cell has its source."""
        changed = [self._by_n[n] for n in sorted(self._changed)]
        self._changed.clear()
        return [
            one if self._last.get(one["cell"]) == one["n"] else {**one, "source": None} for one in changed
        ]

    def _begin(self, event: Event) -> None:
        n, cell = event.get("n"), event.get("cell")
        if not isinstance(n, int) or not isinstance(cell, str):
            return
        # A source from which a secret was taken is not what the cell reads: nothing can be said of it.
        source = None if event.get("withheld") else event.get("source")
        self._by_n[n] = {
            "n": n,
            "cell": cell,
            "count": event.get("count"),
            "source": source if isinstance(source, str) else None,
            "started": event.get("time"),
            "status": None,
            "duration": None,
            "error": None,
            "reads": [],
            "wrote": {},
            "deleted": [],
            "seeds": [],
            "drew": False,
        }
        self._last[cell] = max(n, self._last.get(cell, n))
        self._changed.add(n)


def _ended(execution: Execution, event: Event) -> None:
    error = event.get("error")
    execution["status"] = event.get("status")
    execution["duration"] = event.get("duration")
    execution["error"] = error.get("type") if isinstance(error, dict) else None
    if isinstance(event.get("count"), int):
        execution["count"] = event["count"]


def _variables(execution: Execution, event: Event) -> None:
    execution["reads"] = list(event.get("reads") or [])
    execution["deleted"] = list(event.get("deleted") or [])
    wrote = {**(event.get("bound") or {}), **(event.get("changed") or {})}
    execution["wrote"] = {
        name: value.get("fingerprint") if value.get("seen") == "exact" else None
        for name, value in wrote.items()
        # What may have changed, and nobody saw it, is no reason to call a cell stale.
        if isinstance(value, dict) and not value.get("assumed")
    }


def _seed(execution: Execution, event: Event) -> None:
    execution["seeds"].append({"library": event.get("library"), "value": event.get("value")})


def _random(execution: Execution, event: Event) -> None:
    execution["drew"] = not event.get("concurrent")


_TELL = {"cell_end": _ended, "variables": _variables, "seed": _seed, "random": _random}
