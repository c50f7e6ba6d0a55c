"""Reading the runs of a notebook's folder for a question: only logs that have changed are read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backtrail.runlog import ids, layout, process
from backtrail.runlog.lines import decode
from backtrail.runlog.summary import NotebookSummary, known_metrics

from . import kept

Run = dict[str, Any]

_FEW = 4
"""So few logs are read again at the next call: writing all of the cache would take longer."""


def read_runs(folder: Path, empty: bool = False) -> Iterator[Run]:
    """The summaries of a notebook's runs; those that recorded nothing only when ``empty``."""
    logs = _Logs(folder)
    alive: dict[str, bool | None] = {}
    for entry in logs.entries():
        if entry["recorded"] or empty:
            yield _present(entry["run"], alive)


def _present(run: Run, alive: dict[str, bool | None]) -> Run:
    """A run with the status that it has now: what is kept is what holds when its process is gone."""
    if run["status"] != "killed" or run["process"] is None:
        return run
    key = json.dumps(run["process"], sort_keys=True)
    if key not in alive:
        alive[key] = process.alive(run["process"])
    lives = alive[key]
    if lives is False:
        return run
    return {**run, "status": "running" if lives else "unknown", "ended": None, "duration": None}


class _Logs:
    """The logs of a notebook, as they were read last or are read now.

    Each is kept as ``{seen, touches, runs}``: what its file looked like, the runs and sessions of other logs
    that it speaks of, and ``{run, recorded, points}`` for each of its runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        path = kept.cache_path(folder)
        self._kept = kept.read(path)
        found = {
            log.stem: seen
            for log in layout.sessions_dir(folder).glob("*.jsonl")
            if ids.is_id(log.stem) and (seen := _seen(log)) is not None
        }
        changed = {log for log, seen in found.items() if not self._is_current(log, seen)}
        changed |= self._kept.keys() - found.keys()
        if changed:
            self._read(changed, found)
        if len(changed) > _FEW:
            kept.write(path, self._kept)

    def entries(self) -> Iterator[dict[str, Any]]:
        """All runs."""
        for log in self._kept.values():
            yield from log["runs"].values()

    def _is_current(self, log: str, seen: list[int]) -> bool:
        known = self._kept.get(log)
        return (
            known is not None
            and known["seen"] == seen
            and all(
                entry["points"] is False or entry["points"] == self._points(run)
                for run, entry in known["runs"].items()
            )
        )

    def _points(self, run: str) -> list[int] | None:
        return _seen(layout.metrics_path(self._folder, run))

    def _read(self, changed: set[str], found: dict[str, list[int]]) -> None:
        """Reads logs anew, with those that speak of their runs, or of whose runs they speak."""
        events: dict[str, Any] = {}
        touched: dict[str, set[str]] = {}
        home = {run: log for log, known in self._kept.items() for run in known["runs"]}

        def load(log: str) -> set[str]:
            if log not in events and log in found:
                try:
                    events[log] = decode(layout.log_path(self._folder, log).read_bytes())
                except OSError:
                    return set()
                touched[log] = _touched(events[log].events)
            return touched.get(log, set())

        affected = set(changed)
        for log in changed:
            for name in load(log) | set(self._kept.get(log, {}).get("touches", ())):
                affected.add(home.get(name, name))
        affected &= self._kept.keys() | found.keys()
        names = set(affected)
        for log in affected:
            names |= load(log) | self._kept.get(log, {}).get("runs", {}).keys()
        for log, known in self._kept.items():
            if log not in affected and not names.isdisjoint(known["touches"]):
                load(log)
        notebook = NotebookSummary(lambda _: False)
        for log in sorted(events):
            for event in events[log].events:
                notebook.feed(log, event)
            notebook.feed_damage(log, events[log].damaged, events[log].torn)
        for log in affected:
            if log in events:
                self._kept[log] = {"seen": found[log], "touches": load(log) - {log}, "runs": {}}
            else:
                self._kept.pop(log, None)
        for run in notebook.runs():
            self._keep(notebook, run, affected)
        for log in affected & events.keys():
            own = self._kept[log]
            own["touches"] = sorted(own["touches"] - own["runs"].keys())

    def _keep(self, notebook: NotebookSummary, run: str, affected: set[str]) -> None:
        summary = notebook.run(run)
        log = summary.session.id
        if log in affected and log in self._kept:
            points = False if summary.is_over else self._points(run)
            _take_points(self._folder, notebook, run)
            self._kept[log]["runs"][run] = {
                "run": notebook.summary(run),
                "recorded": summary.recorded,
                "points": points,
            }


def _touched(events: list[dict[str, Any]]) -> set[str]:
    """The runs and sessions that a log names, its own among them."""
    names = (
        event.get("run") or (None if event.get("event") == "session" else event.get("session"))
        for event in events
    )
    return {name for name in names if isinstance(name, str)}


def _seen(path: Path) -> list[int] | None:
    """What a file looks like; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def _take_points(folder: Path, notebook: NotebookSummary, run: str) -> None:
    """What is known of the metrics of a run: from ``run.json`` where it is newer than the points."""
    points, summary = layout.metrics_path(folder, run), layout.summary_path(folder, run)
    try:
        if summary.stat().st_mtime_ns >= points.stat().st_mtime_ns:
            known = known_metrics(json.loads(summary.read_bytes()))
            notebook.run(run).metrics.by_key = known
            return
    except (OSError, ValueError):
        pass
    try:
        notebook.feed_points(run, points.read_bytes())
    except OSError:
        pass
