"""Summaries of the runs of a notebook, kept true while its logs grow."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable

from . import ids, layout, process
from .alike import columns
from .lines import Event, Parse, decode
from .metrics import MetricsSummary, MetricSummary
from .run import EDITS, OF_RUN, RunSummary
from .session import SessionSummary
from .tail import Tail

__all__ = [
    "Alive",
    "MetricSummary",
    "MetricsSummary",
    "NotebookSummary",
    "RunSummary",
    "known_metrics",
    "read_notebook",
]

Alive = Callable[[object], "bool | None"]
"""Whether the writer that a log's ``process`` describes still lives; None when it cannot be told."""


class NotebookSummary:
    """All sessions of a notebook and their runs.

    Events of one log must be fed in the order of their lines; the logs may come in any order.
    """

    def __init__(self, alive: Alive = process.alive) -> None:
        self.sessions: dict[str, SessionSummary] = {}
        self.renames: list[tuple[int, str, str]] = []
        """Moves of the notebook: microseconds since 1970, from, to (absolute paths)."""
        self._alive = alive
        self._runs: dict[str, RunSummary] = {}
        self._torn_points: dict[str, bytes] = {}
        # Edits of runs, and of sessions, whose own log was not met yet.
        self._waiting: dict[str, list[tuple[Event, Any]]] = {}

    def feed(self, log_id: str, event: Event) -> None:
        """Takes the next event of a log. An unknown one, or one that lacks its fields, changes nothing."""
        log = self.session(log_id)
        order = log.place(event)
        kind = event.get("event")
        if kind in OF_RUN:
            self._feed_run(log, event, order)
        elif kind in ("notebook", "rename_notebook"):
            target = event.get("session", log_id)
            if (
                kind == "rename_notebook"
                and isinstance(event.get("from"), str)
                and isinstance(event.get("to"), str)
            ):
                self.renames.append((order[0], event["from"], event["to"]))
            if isinstance(target, str):
                path = event.get("path" if kind == "notebook" else "to")
                session = self.session(target)
                session.move(path, order)
                session.outlined(event.get("outline"), order)
        else:
            log.take(event, order)

    def feed_damage(self, log_id: str, damaged: int, torn: bool) -> None:
        """Says how many more lines of a log are damaged, and whether it ends torn now."""
        log = self.session(log_id)
        log.damaged += damaged
        log.torn = torn

    def feed_points(self, run_id: str, data: bytes, parse: Parse | None = None) -> None:
        """Takes the next bytes of a run's ``metrics.jsonl``; a line may be cut and go on next time."""
        run = self._runs[run_id]
        data = self._torn_points.pop(run_id, b"") + data
        alike = columns(data, parse)
        if alike is not None:
            run.metrics.feed_columns(alike)
            run.metrics_torn = False
            return
        decoded = decode(data, parse)
        run.metrics.feed(decoded.events)
        run.metrics_damaged += decoded.damaged
        run.metrics_torn = decoded.torn
        if decoded.torn:
            self._torn_points[run_id] = data[data.rfind(b"\n") + 1 :]

    def forget_points(self, run_id: str) -> None:
        """Forgets all points of a run, whose file is another one now."""
        run = self._runs[run_id]
        run.metrics, run.metrics_damaged, run.metrics_torn = MetricsSummary(), 0, False
        self._torn_points.pop(run_id, None)

    def __contains__(self, run_id: object) -> bool:
        return run_id in self._runs

    def session(self, log_id: str) -> SessionSummary:
        """The session or editor of a log, made when it is new."""
        session = self.sessions.get(log_id)
        if session is None:
            session = self.sessions[log_id] = SessionSummary(log_id)
        return session

    def run(self, run_id: str) -> RunSummary:
        """What is known of a run.

        Raises:
            KeyError: no log of the notebook has such a run.
        """
        return self._runs[run_id]

    def runs(self) -> list[str]:
        """The ids of all runs, oldest first, also of those that recorded nothing."""
        return sorted(self._runs)

    def summary(self, run_id: str, alive: Alive | None = None) -> dict[str, Any]:
        """The summary of a run in the form of ``run.json``, ready for JSON.

        Raises:
            KeyError: no log of the notebook has such a run.
        """
        run = self._runs[run_id]
        return run.to_json(None if run.is_over else (alive or self._alive)(run.session.header.get("process")))

    def _feed_run(self, log: SessionSummary, event: Event, order: Any) -> None:
        run_id = event.get("run")
        if not ids.is_id(run_id):
            return
        run = self._runs.get(run_id)
        if event["event"] in EDITS:
            if run is None:
                self._waiting.setdefault(run_id, []).append((event, order))
            else:
                run.take(event, order)
            return
        if log.is_editor or (run is not None and run.session is not log):
            return
        if run is None:
            run = self._runs[run_id] = RunSummary(run_id, log)
            log.runs.append(run_id)
            for edit, place in self._waiting.pop(run_id, ()):
                run.take(edit, place)
        run.take(event, order)


def read_notebook(folder: Path, alive: Alive = process.alive, parse: Parse | None = None) -> NotebookSummary:
    """Reads all logs and all points of a notebook's folder. What cannot be read is left out."""
    notebook = NotebookSummary(alive)
    try:
        names = sorted(os.listdir(layout.sessions_dir(folder)))
    except OSError:
        names = []
    for name in names:
        log_id, ending = os.path.splitext(name)
        if ending == ".jsonl" and ids.is_id(log_id):
            tail = Tail(layout.log_path(folder, log_id))
            for data in _pieces(tail):
                decoded = decode(data, parse)
                for event in decoded.events:
                    notebook.feed(log_id, event)
                notebook.feed_damage(log_id, decoded.damaged, False)
            notebook.feed_damage(log_id, 0, tail.torn)
    for run_id in notebook.runs():
        tail = Tail(layout.metrics_path(folder, run_id))
        for data in _pieces(tail):
            notebook.feed_points(run_id, data, parse)
        notebook.run(run_id).metrics_torn = tail.torn
    return notebook


def _pieces(tail: Tail) -> Any:
    try:
        while data := tail.read():
            yield data
    except OSError:
        return


def known_metrics(summary: Mapping[str, Any]) -> dict[str, MetricSummary]:
    """The metrics of a ``run.json``, to go on from.

    Raises:
        ValueError: it has none in that form.
    """
    metrics = summary.get("metrics")
    if not isinstance(metrics, dict):
        raise ValueError("A run.json has no metrics.")
    return {key: MetricSummary.from_json(value) for key, value in metrics.items()}
