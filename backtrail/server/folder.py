"""The folder of one notebook: its runs as lists show them, kept true while the logs grow."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from typing import Any

from backtrail.runlog import ids, layout, process
from backtrail.runlog.lines import Event, decode
from backtrail.runlog.run import OF_RUN
from backtrail.runlog.summary import Alive, NotebookSummary, known_metrics
from backtrail.runlog.tail import Replaced, Tail

from .metriccells import metric_cells
from .wire import parse

Entry = dict[str, Any]
"""A summary as lists have it: without ``cells`` and ``environment``. Never changed, only replaced."""

_SESSION_WIDE = frozenset({"session", "session_end", "notebook", "rename_notebook"})


class NotebookFolder:
    """One folder with ``sessions`` under a ``runs`` folder.

    Reading blocks, and only one thread may use it at a time.
    """

    def __init__(self, path: Path, alive: Alive = process.alive) -> None:
        self.path = path
        self._folder = str(path)
        self.runs_folder = path.parent
        self.entries: dict[str, Entry] = {}
        self.recorded: dict[str, Entry] = {}
        """Those of the entries whose run recorded something."""
        self.problems: list[str] = []
        self._alive = alive
        self._found_problems: list[str] = []
        self._forget()

    def refresh(self, run_id: str | None = None, until: float = math.inf) -> bool:
        """Reads what is new, newest logs first, and asks whether the writers of open runs still live.

        Points of a run that is over are looked for only when it is the one that is asked for: nobody writes
        them, unless a network file system shows them later than the end of the run.

        Returns whether that was all: at the time ``until`` of the monotonic clock it stops between two logs,
        and the next call goes on.
        """
        problems: list[str] = []
        was_reading = bool(self._fresh)
        try:
            complete = self._read_logs(problems, until)
        except Replaced:
            # A log was restored or rewritten under its name: nothing that was read of it may stay.
            self._forget()
            problems, was_reading = [], False
            try:
                complete = self._read_logs(problems, until)
            except Replaced:
                complete = True
        self._found_problems = problems if not was_reading else self._found_problems + problems
        self.problems = self._found_problems + self._damage()
        if run_id is not None and run_id in self.notebook:
            self._touched.add(run_id)
        self._take_up(self._touched | self._open)
        return complete

    def summary(self, run_id: str) -> dict[str, Any]:
        """The whole summary of a run.

        Raises:
            KeyError: the folder has no such run.
        """
        return self.notebook.summary(run_id)

    def logs(self, run_id: str) -> dict[str, Any]:
        """The run's ``session``, the texts of its log and of all editors' (readable ones), ``directory``, and
        ``cells``: the executions that logged its metrics.

        Raises:
            KeyError: the folder has no such run.
        """
        session = self.notebook.run(run_id).session
        texts = []
        for log_id, log in sorted(self.notebook.sessions.items()):
            if log is session or log.is_editor:
                try:
                    data = layout.log_path(self.path, log_id).read_bytes()
                except OSError:
                    continue
                texts.append({"id": log_id, "text": data.decode(errors="replace")})
        cells = metric_cells(layout.metrics_path(self.path, run_id))
        return {"session": session.id, "logs": texts, "directory": str(self.path), "cells": cells}

    def is_open(self, run_id: str) -> bool:
        """Whether the run may still change by itself."""
        return run_id in self._open

    def open_runs(self) -> list[str]:
        """The runs that may still change by themselves."""
        return sorted(self._open)

    def write_summary(self, run_id: str) -> None:
        """Replaces ``run.json`` of a run that is over, so that who reads only that file sees edits too."""
        if not self.is_open(run_id) and layout.run_dir(self.path, run_id).is_dir():
            layout.replace_json(layout.summary_path(self.path, run_id), self.summary(run_id))

    def _forget(self) -> None:
        self.notebook = NotebookSummary(self._alive)
        self.entries, self.recorded = {}, {}
        self._logs: dict[str, Tail] = {}
        self._damaged: set[str] = set()
        """The logs that have damaged lines."""
        self._seen: dict[str, tuple[int, int, int]] = {}
        self._points: dict[str, Tail | None] = {}
        self._open: set[str] = set()
        self._fresh: list[tuple[str, tuple[int, int, int]]] = []
        """Logs to be read, with what they looked like when they were found; the last one comes first."""
        self._touched: set[str] = set()
        """Runs that new lines concern, and that were not looked at yet."""

    def _take_up(self, runs: set[str]) -> None:
        for run in runs:
            self._read_points(run)
            self._renew(run)
        self._touched.difference_update(runs)

    def _read_logs(self, problems: list[str], until: float) -> bool:
        """Feeds the new lines of all logs, and looks at the runs that they concern; whether that were all."""
        if not self._fresh:
            self._fresh = self._find_logs(problems)
        while self._fresh:
            log_id, seen = self._fresh.pop()
            try:
                self._touched |= self._read_log(log_id)
                self._seen[log_id] = seen
            except OSError as error:
                problems.append(_unreadable(layout.log_path(self.path, log_id), error))
            self._take_up(set(self._touched))
            if time.monotonic() > until:
                break
        return not self._fresh

    def _find_logs(self, problems: list[str]) -> list[tuple[str, tuple[int, int, int]]]:
        """The logs that are not as they were read, oldest first, with what they look like now.

        Raises:
            Replaced: a log that was read is gone.
        """
        fresh: list[tuple[str, tuple[int, int, int]]] = []
        found: set[str] = set()
        try:
            with os.scandir(layout.sessions_dir(self.path)) as entries:
                files = sorted((entry.name, entry) for entry in entries if not entry.name.startswith("."))
        except FileNotFoundError:
            files = []
        except OSError as error:
            problems.append(_unreadable(layout.sessions_dir(self.path), error))
            return []
        for name, entry in files:
            log_id, ending = os.path.splitext(name)
            if ending != ".jsonl" or not ids.is_id(log_id) or not entry.is_file(follow_symlinks=False):
                problems.append(f"{entry.path} is not a log of Backtrail and was left alone.")
                continue
            found.add(log_id)
            try:
                status = entry.stat()
                seen = (status.st_ino, status.st_size, status.st_mtime_ns)
                if self._seen.get(log_id) != seen:
                    fresh.append((log_id, seen))
            except OSError as error:
                problems.append(_unreadable(Path(entry.path), error))
        if not found >= self._logs.keys():
            raise Replaced("A log is gone.")
        return fresh

    def _read_log(self, log_id: str) -> set[str]:
        tail = self._logs.get(log_id) or self._logs.setdefault(
            log_id, Tail(layout.log_path(self.path, log_id))
        )
        touched: set[str] = set()
        session = self.notebook.session(log_id)
        while data := tail.read():
            decoded = decode(data, parse)
            for event in decoded.events:
                self.notebook.feed(log_id, event)
                touched |= self._concerned(log_id, event)
            if decoded.damaged:
                self._damaged.add(log_id)
                self.notebook.feed_damage(log_id, decoded.damaged, False)
                touched |= self._runs_of(log_id)
        if session.torn != tail.torn:
            self.notebook.feed_damage(log_id, 0, tail.torn)
            touched |= self._runs_of(log_id)
        return {run_id for run_id in touched if run_id in self.notebook}

    def _concerned(self, log_id: str, event: Event) -> set[str]:
        kind = event.get("event")
        if kind in OF_RUN:
            run_id = event.get("run")
            return {run_id} if isinstance(run_id, str) else set()
        if kind in _SESSION_WIDE:
            session = event.get("session", log_id)
            return self._runs_of(session) if isinstance(session, str) else set()
        return set()

    def _runs_of(self, session: str) -> set[str]:
        log = self.notebook.sessions.get(session)
        return set(log.runs) if log else set()

    def _read_points(self, run_id: str) -> None:
        """Reads the new points of a run, or takes its ``run.json`` for all of them when that is true."""
        run = self.notebook.run(run_id)
        if run_id not in self._points:
            self._points[run_id] = None
            if run.is_over and self._is_summarised(run_id) and self._take_summary(run_id):
                return
            self._points[run_id] = Tail(layout.metrics_path(self.path, run_id))
        tail = self._points[run_id]
        if tail is None:
            if self._is_summarised(run_id):
                return
            self.notebook.forget_points(run_id)
            tail = self._points[run_id] = Tail(layout.metrics_path(self.path, run_id))
        try:
            while data := tail.read():
                self.notebook.feed_points(run_id, data, parse)
            run.metrics_torn = tail.torn
        except FileNotFoundError:
            pass
        except OSError as error:
            self.problems.append(_unreadable(tail.path, error))
        except Replaced:
            self.notebook.forget_points(run_id)
            del self._points[run_id]
            self._read_points(run_id)

    def _is_summarised(self, run_id: str) -> bool:
        """Whether ``run.json`` was written after the last point."""
        # As texts: of a long history so many are looked for that making paths would take a tenth of the time.
        folder = os.path.join(self._folder, run_id)
        try:
            points = os.stat(os.path.join(folder, layout.METRICS)).st_mtime_ns
            return os.stat(os.path.join(folder, layout.SUMMARY)).st_mtime_ns >= points
        except OSError:
            return False

    def _take_summary(self, run_id: str) -> bool:
        """Whether ``run.json`` told the metrics: it is of the ended run, and undamaged."""
        try:
            with open(os.path.join(self._folder, run_id, layout.SUMMARY), "rb", buffering=0) as file:
                summary = parse(file.read())
            if summary["id"] != run_id or summary["ended"] is None:
                return False
            if summary["damage"] != {"lines": 0, "torn": False}:
                return False
            self.notebook.run(run_id).metrics.by_key = known_metrics(summary)
            return True
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def _renew(self, run_id: str) -> None:
        """Brings the entry of a run up to date; the same object stays where nothing changed."""
        entry = self.summary(run_id)
        if entry["status"] in ("running", "unknown"):
            self._open.add(run_id)
        else:
            self._open.discard(run_id)
        del entry["cells"], entry["environment"]
        if self.entries.get(run_id) != entry:
            self.entries[run_id] = entry
            if self.notebook.run(run_id).recorded:
                self.recorded[run_id] = entry
            else:
                self.recorded.pop(run_id, None)

    def _damage(self) -> list[str]:
        logs = [(log_id, self.notebook.session(log_id).damaged) for log_id in sorted(self._damaged)]
        return [
            f"{damaged} damaged {'line' if damaged == 1 else 'lines'} of "
            f"{layout.log_path(self.path, log_id)} could not be read; the rest was."
            for log_id, damaged in logs
        ]


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path} cannot be read: {error.strerror or error}. What it holds is missing here."
