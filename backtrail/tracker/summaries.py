"""Keeps ``run.json`` up to date: the summary that every reader makes from the logs, as they grow."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path

from ..runlog import ids, layout
from ..runlog.lines import decode, parse_json
from ..runlog.summary import NotebookSummary
from ..runlog.tail import Replaced, Tail
from .run import Run
from .session import Session


class Summaries:
    """Writes the summaries of the runs of one session, away from the cells."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notebook = NotebookSummary()
        self._edits: dict[str, Tail] = {}
        self._others: set[str] = set()
        self._looked = 0
        self._lock = threading.Lock()

    def write(self, runs: Iterable[Run]) -> None:
        """Replaces ``run.json`` of each of ``runs`` that has recorded something."""
        with self._lock:
            self._take_events()
            self._take_edits()
            for run in runs:
                if run.recorded and run.id in self._notebook:
                    self._write(run)

    def _write(self, run: Run) -> None:
        with run.points.lock:
            self._notebook.run(run.id).metrics = run.points.summary()
            summary = self._notebook.summary(run.id, lambda process: True)
        try:
            layout.replace_json(layout.summary_path(self._session.folder, run.id), summary)
        except OSError as error:
            self._session.warn(f"The summary run.json could not be written: {error.strerror}.")

    def _take_events(self) -> None:
        written = self._session.written
        taken = written[:]
        del written[: len(taken)]
        for event in taken:
            self._notebook.feed(self._session.id, event)

    def _take_edits(self) -> None:
        """Somebody may have renamed, tagged or annotated a run meanwhile, in a log of their own."""
        folder = layout.sessions_dir(self._session.folder)
        try:
            changed = os.stat(folder).st_mtime_ns
            if changed != self._looked:
                self._looked = changed
                self._find_editors(folder)
        except OSError:
            return
        for log_id, tail in self._edits.items():
            try:
                while data := tail.read():
                    for event in decode(data).events:
                        self._notebook.feed(log_id, event)
            except (OSError, Replaced):
                continue

    def _find_editors(self, folder: Path) -> None:
        for name in os.listdir(folder):
            log_id, ending = os.path.splitext(name)
            if ending != ".jsonl" or not ids.is_id(log_id) or log_id in self._others or log_id in self._edits:
                continue
            path = folder / name
            try:
                with open(path, "rb") as file:
                    first = parse_json(file.readline(1 << 16))
                is_editor = isinstance(first, dict) and first.get("event") == "editor"
            except (OSError, ValueError):
                is_editor = False
            if is_editor:
                self._edits[log_id] = Tail(path)
            else:
                self._others.add(log_id)
