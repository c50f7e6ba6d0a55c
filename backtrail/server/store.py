"""Which runs there are: all folders of all notebooks that may be served, and the runs of a scope."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from backtrail.runlog import layout, process
from backtrail.runlog.session import SessionSummary
from backtrail.runlog.summary import Alive

from .folder import Entry, NotebookFolder
from .places import Places

_TURN = 0.05
"""Seconds for which reading may keep others waiting."""


class Scope(NamedTuple):
    """Whose runs are asked for: ``kind`` is ``notebook``, ``folder`` or ``all``, ``path`` a contents path."""

    kind: str
    path: str
    empty: bool = False
    """Whether runs that recorded nothing are wanted too."""


class Listing(NamedTuple):
    """The runs of a scope, newest first, and one sentence for each thing that could not be read."""

    entries: dict[str, Entry]
    problems: list[str]
    folders: list[NotebookFolder]


class Store:
    """All runs that may be served. Reading blocks, and only one thread may use it at a time."""

    def __init__(self, places: Places, alive: Alive = process.alive) -> None:
        self.places = places
        self._alive = alive
        self.runs_folders: list[Path] = []
        """The ``runs`` folders that were there at the last refresh of everything."""
        self._folders: dict[Path, NotebookFolder] = {}
        self._resolved: dict[str, tuple[str, bool]] = {}

    def discover(self) -> list[NotebookFolder]:
        """All folders that are there now, found anew; those that are new are not read yet."""
        self.runs_folders = self.places.runs_folders()
        self._resolved.clear()
        paths = [path for runs in self.runs_folders for path in layout.notebook_folders(runs)]
        self._folders = {path: self._folders.get(path) or self._folder(path) for path in paths}
        return list(self._folders.values())

    def near(self, scope: Scope) -> list[NotebookFolder]:
        """The folders that most likely hold the runs of a scope: those beside its notebooks."""
        target = self.places.on_disk(scope.path)
        if scope.kind == "all" or target is None:
            return []
        beside = os.path.realpath(target.parent if scope.kind == "notebook" else target)
        return [
            folder
            for folder in self._folders.values()
            if os.path.realpath(folder.runs_folder.parent) == beside
            and (scope.kind == "folder" or folder.path.name == target.stem)
        ]

    def refresh(self, pending: list[NotebookFolder]) -> bool:
        """Reads what is new in some of the folders, for a moment; whether that were all.

        Those that were read are taken out of ``pending``.
        """
        until = time.monotonic() + _TURN
        while pending:
            if pending[-1].refresh(until=until):
                pending.pop()
            if time.monotonic() > until:
                break
        return not pending

    def listing(self, scope: Scope) -> Listing:
        """The runs of a scope, as of the last refresh."""
        entries: dict[str, Entry] = {}
        problems: list[str] = []
        folders: list[NotebookFolder] = []
        target = None if scope.kind == "all" else self.places.on_disk(scope.path)
        moves = self._moves()
        for folder in self._folders.values():
            found = self._runs_in(folder, scope, target, moves)
            if found is None:
                continue
            folders.append(folder)
            problems += folder.problems
            entries |= found
        return Listing(dict(sorted(entries.items(), reverse=True)), problems, folders)

    def holding(self, run_id: str) -> NotebookFolder | None:
        """The folder that has a run, as of the last refresh."""
        return next((folder for folder in self._folders.values() if run_id in folder.entries), None)

    def logging(self, session: str) -> NotebookFolder | None:
        """The folder that has the log of a session, as of the last refresh."""
        for folder in self._folders.values():
            log = folder.notebook.sessions.get(session)
            if log is not None and not log.is_editor and layout.log_path(folder.path, session).is_file():
                return folder
        return None

    def _folder(self, path: Path) -> NotebookFolder:
        return NotebookFolder(path, self._alive)

    def _runs_in(
        self, folder: NotebookFolder, scope: Scope, target: Path | None, moves: list[tuple[int, str, str]]
    ) -> dict[str, Entry] | None:
        """The runs of a folder that are in the scope; None when the folder has nothing to do with it."""
        entries = folder.entries if scope.empty else folder.recorded
        if scope.kind == "all":
            return entries
        if target is None:
            return None
        wanted = os.path.realpath(target)
        sessions = {}
        for log in folder.notebook.sessions.values():
            if not log.is_editor:
                path = self._notebook_of(folder, log, moves)
                sessions[log.id] = (path if scope.kind == "notebook" else os.path.dirname(path)) == wanted
        if not any(sessions.values()):
            return None
        return {run_id: entry for run_id, entry in entries.items() if sessions.get(entry["session"])}

    def _moves(self) -> list[tuple[int, str, str]]:
        return sorted(move for folder in self._folders.values() for move in folder.notebook.renames)

    def _notebook_of(
        self, folder: NotebookFolder, log: SessionSummary, moves: list[tuple[int, str, str]]
    ) -> str:
        """Where the notebook of a session is now.

        A rename joins what was recorded under both names. A notebook that was moved or cloned together with
        its ``runs`` left no event: then it is the one of that name beside them.
        """
        path, since = log.path, log.path_since
        for moved, old, new in moves:
            if path == old and moved >= since:
                path, since = new, moved
        beside, is_beside = self._resolve(str(folder.runs_folder.parent / f"{folder.path.name}.ipynb"))
        if path is None:
            return beside
        real, exists = self._resolve(path)
        return beside if is_beside and not exists else real

    def _resolve(self, path: str) -> tuple[str, bool]:
        """A path without links, and whether it is there; asked of the disk once a refresh."""
        if path not in self._resolved:
            self._resolved[path] = (os.path.realpath(path), os.path.exists(path))
        return self._resolved[path]
