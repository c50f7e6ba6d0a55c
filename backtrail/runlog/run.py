"""What the events say of one run."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from . import times
from .handover import OF_EXECUTIONS, Told
from .latest import Latest, Order
from .lines import Event
from .metrics import MetricsSummary
from .session import SessionSummary

EDITS = frozenset({"rename", "tag", "note", "experiment", "archive", "stage", "verify"})
"""Events that may stand in any log, and that make no run."""

# What makes two entries of a list the same one, of which the last counts.
_LISTS: dict[str, tuple[str, ...]] = {
    "input": ("path", "sha256"),
    "output": ("path", "sha256"),
    "artifact": ("name",),
    "dataset": ("name", "version", "sha256"),
    "seed": (),
}
OF_RUN = EDITS | frozenset(_LISTS) | {"run_start", "run_end", "run_adopt", "param", "metric", "code", "usage"}
"""All events that name a run."""

_FILES = frozenset({"input", "output"})
_REMOVED = object()


class RunSummary:
    """One run, as far as the events met so far tell. It knows nothing of files."""

    def __init__(self, run_id: str, session: SessionSummary) -> None:
        self.id = run_id
        self.session = session
        self.metrics = MetricsSummary()
        self.metrics_damaged = 0
        self.metrics_torn = False
        self.start: Event | None = None
        self.end: Event | None = None
        self.code: Event | None = None
        self.usage: Event = {}
        self._first: str | None = None
        self._params: Latest[Any] = Latest()
        self._origins: dict[str, Latest[Any]] = {"params": Latest(), "metrics": Latest()}
        self._tags: Latest[Any] = Latest()
        self._said: Latest[Any] = Latest()
        self._stages: Latest[Event] = Latest()
        self._lists: dict[str, Latest[Event]] = {}
        self._hashed: set[tuple[str, str, str]] = set()
        """Kind, path and execution of the files in place whose hash is known."""
        self._told = Told()

    def take(self, event: Event, order: Order) -> None:  # noqa: PLR0912
        """Takes an event that names this run. One that lacks what it cannot do without is ignored."""
        kind = event["event"]
        key, name = event.get("key"), event.get("name")
        if kind not in EDITS and self._first is None:
            self._first = event.get("time")
        self._told.note(event, order)
        if kind == "param":
            if isinstance(key, str) and "value" in event:
                self._params.put(key, event["value"], order)
                self._origins["params"].put(key, {"origin": event.get("origin")}, order)
        elif kind == "metric":
            if isinstance(key, str):
                said = {"origin": event.get("origin")}
                self._origins["metrics"].put(
                    key, {**said, "exact": False} if event.get("exact") is False else said, order
                )
        elif kind == "tag":
            if isinstance(key, str) and "value" in event:
                self._tags.put(key, _REMOVED if event["value"] is None else event["value"], order)
        elif kind in _LISTS:
            self._take_entry(kind, event, order)
        elif kind == "run_start":
            self.start = event
            self._say("name", name, order)
            self._say("experiment", event.get("experiment"), order)
        elif kind == "run_adopt":
            self._say("name", name, order)
            self._say("experiment", event.get("experiment"), order)
        elif kind == "run_end":
            self.end = event
            self._hand_over(event)
        elif kind == "code":
            self.code = _fields(event)
        elif kind == "usage":
            self.usage = _fields(event)
        elif kind == "rename":
            self._say("name", name, order)
        elif kind == "experiment":
            self._say("experiment", name, order)
        elif kind == "note":
            self._say("note", event.get("text"), order)
        elif kind == "archive" and isinstance(event.get("archived"), bool):
            self._said.put("archived", event["archived"], order)
        elif kind == "stage" and isinstance(event.get("stage", 0), (str, type(None))):
            self._stages.put(order, _stage(event), order)
        elif kind == "verify" and isinstance(event.get("verdict"), str):
            self._said.put("verified", {**_fields(event), "at": event.get("time")}, order)

    @property
    def recorded(self) -> bool:
        """Whether the run recorded anything; a run that did not is listed only when asked for."""
        return bool(
            len(self._params)
            or self.metrics.by_key
            or self.tags()
            or self._said.get("note")
            or any(name in self._lists for name in ("artifact", "output", "dataset"))
        )

    @property
    def is_over(self) -> bool:
        """Whether an end is written down. A run without one may have ended too: its writer may be gone."""
        return self.end is not None or self.session.ended is not None

    def tags(self) -> dict[str, Any]:
        """The tags that were not removed."""
        return {key: value for key, value in self._tags.items() if value is not _REMOVED}

    def to_json(self, alive: bool | None) -> dict[str, Any]:
        """The summary in the form of ``run.json``; ``alive`` says whether the writer of the session lives."""
        session, start = self.session, self.start or {}
        cells = self._cells(_open_status(alive) if session.ended is None else "interrupted")
        status, ended = self._ending(alive, cells)
        started = start.get("time", self._first)
        header, kernel = session.header, session.part("kernel")
        process = session.part("process")
        seeds = self._entries("seed")
        stages = self._stages.in_order()
        return {
            "format": 1,
            "id": self.id,
            "number": start.get("number"),
            "name": self._said.get("name"),
            "notebook": {"path": session.path, "name": session.part("notebook").get("name")},
            "experiment": self._said.get("experiment"),
            "session": session.id,
            "parent": start.get("parent"),
            "opened": start.get("opened"),
            "status": status,
            "started": started,
            "ended": ended,
            "duration": _duration(started, ended),
            "user": start.get("user") or header.get("user"),
            "host": process.get("host"),
            "kernel": {"language": kernel.get("language"), "version": kernel.get("version")}
            if kernel
            else None,
            "params": dict(self._params.items()),
            "metrics": self.metrics.to_json(),
            "origins": {
                kind: {key: said for key, said in origins.items() if said["origin"] not in (None, "logged")}
                for kind, origins in self._origins.items()
            },
            "tags": self.tags(),
            "note": self._said.get("note"),
            "archived": self._said.get("archived", False),
            "seeds": seeds,
            "rng": {"seeded": bool(seeds), "recorded": session.random_states},
            "code": self.code,
            "environment": session.environment,
            "inputs": self._entries("input"),
            "outputs": self._entries("output"),
            "artifacts": self._entries("artifact"),
            "datasets": self._entries("dataset"),
            "cells": cells,
            "stage": stages[-1]["stage"] if stages else None,
            "stages": stages,
            "verified": self._verified(cells),
            "usage": self.usage,
            "warnings": self._warnings(cells),
            "damage": {
                "lines": session.damaged + self.metrics_damaged,
                "torn": session.torn or self.metrics_torn,
            },
            "process": process or None,
        }

    def _hand_over(self, end: Event) -> None:
        kept = self._told.kept(end)
        if kept is not None:
            self._params, self._origins["params"] = Latest(), Latest()
            self._hashed.clear()
            for kind in OF_EXECUTIONS:
                self._lists.pop(kind, None)
            for event, order in kept:
                self.take(event, order)

    def _say(self, what: str, value: object, order: Order) -> None:
        if isinstance(value, str):
            self._said.put(what, value, order)

    def _take_entry(self, kind: str, event: Event, order: Order) -> None:
        key: Hashable = tuple(repr(event.get(name)) for name in _LISTS[kind]) or order
        self._lists.setdefault(kind, Latest()).put(key, _fields(event), order)
        if kind in _FILES and event.get("sha256") is not None:
            self._hashed.add((kind, *_use(event)))

    def _entries(self, kind: str) -> list[Event]:
        found = self._lists.get(kind)
        entries = found.in_order() if found else []
        if kind not in _FILES:
            return entries
        # What was told before its content was hashed gives way to what was told when it was.
        return [one for one in entries if one.get("sha256") or (kind, *_use(one)) not in self._hashed]

    def _cells(self, open_status: str) -> list[dict[str, Any]]:
        if self.start is None:
            return []
        first, last = self.start.get("cell"), (self.end or {}).get("cell")
        executions = self.session.span(
            first if type(first) is int else 0, last if type(last) is int else None
        )
        return [execution.to_json(open_status) for execution in executions]

    def _ending(self, alive: bool | None, cells: list[dict[str, Any]]) -> tuple[Any, str | None]:
        """The status, and the time of the end."""
        if self.end is not None:
            return self.end.get("status"), self.end.get("time")
        if self.session.ended is not None:
            return (cells[-1]["status"] if cells else "finished"), self.session.ended
        if alive is not False:
            return _open_status(alive), None
        latest = self.session.latest
        if self.metrics.last_time is not None:
            latest = max(latest, round(self.metrics.last_time * 1e6))
        return "killed", times.iso(latest)

    def _verified(self, cells: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The last verdict; it is outdated when a cell of the run began after it."""
        found: dict[str, Any] | None = self._said.get("verified")
        at = times.microseconds(found.get("at")) if found else None
        if found is None or at is None or not self.session.began_after(at, cells):
            return found
        return {**found, "outdated": True}

    def _warnings(self, cells: list[dict[str, Any]]) -> list[str]:
        numbers = {cell["n"] for cell in cells}
        concerned = (message for message, n in self.session.warnings if n is None or n in numbers)
        return list(dict.fromkeys(concerned))


def _open_status(alive: bool | None) -> str:
    return "unknown" if alive is None else "running" if alive else "killed"


def _fields(event: Event) -> Event:
    return {key: event[key] for key in event if key not in ("event", "time", "run")}


def _stage(event: Event) -> Event:
    said = {field: _text(event.get(field)) for field in ("by", "reason")}
    what = {field: event[field] for field in ("path", "sha256") if isinstance(event.get(field), str)}
    return {"stage": event["stage"], "at": event.get("time"), **said, **what}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _use(event: Event) -> tuple[str, str]:
    return repr(event.get("path")), repr(event.get("cell"))


def _duration(started: object, ended: object) -> float | None:
    first, last = times.microseconds(started), times.microseconds(ended)
    return None if first is None or last is None else max(0, last - first) / 1_000_000
