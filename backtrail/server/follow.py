"""Following runs and series: what has changed is sent when it changes, and never faster than it is read."""

from __future__ import annotations

import asyncio
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from backtrail.runlog import directories, layout
from backtrail.server.series import Column, MetricsFile, thinned

from .folder import Entry, NotebookFolder
from .service import Service
from .store import Listing, Scope
from .watch import Watch

Send = Callable[[dict[str, Any]], Awaitable[None]]
"""Sends a message, and returns when the socket has taken it."""

_LOOK = 1.0
"""Seconds between looks where nothing told of a change: killed kernels, network file systems, no inotify."""


class Follow(ABC):
    """One thing that a client follows.

    There is at most one message of it on its way: what changes meanwhile goes into the next, so a client that
    does not read costs no memory.
    """

    pause: float
    """Seconds between two messages, at least."""

    def __init__(self, service: Service, send: Send) -> None:
        self.service = service
        self._send = send
        self._changed = asyncio.Event()
        self._watches: dict[Path, Watch] = {}
        self._task = asyncio.ensure_future(self._run())

    def close(self) -> None:
        """Ends it; a second call does nothing."""
        self._task.cancel()
        for watch in self._watches.values():
            watch.end()
        self._watches.clear()

    @abstractmethod
    async def message(self) -> dict[str, Any] | None:
        """What is to be sent now; None when nothing changed."""

    def touch(self) -> None:
        """Says that something may have changed."""
        self._changed.set()

    def watch(self, folders: dict[Path, Callable[[], None]]) -> bool:
        """Watches exactly these folders, with what is called for each; whether one of them is new."""
        for folder in [path for path, watch in self._watches.items() if path not in folders or watch.ended]:
            self._watches.pop(folder).end()
        new = False
        for folder in folders.keys() - self._watches.keys():
            watch = self.service.watcher.watch(folder, folders[folder])
            if watch is not None:
                self._watches[folder] = watch
                new = True
        return new

    async def _run(self) -> None:
        try:
            while True:
                self._changed.clear()
                message = await self.message()
                if message is not None:
                    await self._send(message)
                await asyncio.sleep(self.pause)
                try:
                    await asyncio.wait_for(self._changed.wait(), _LOOK)
                except asyncio.TimeoutError:
                    # Nothing told of a change for a while: look without being told.
                    pass
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.service.log.warning("Backtrail stopped following: %s", error, exc_info=True)
            await self._send({"error": f"Following stopped: {error}. Reload the page to go on."})


class FollowRuns(Follow):
    """The runs of a scope, then what changes among them."""

    pause = 0.1

    def __init__(self, service: Service, send: Send, scope: Scope) -> None:
        self._scope = scope
        self._sent: dict[str, Entry] | None = None
        self._problems: list[str] = []
        self._everywhere = True
        self._looked = 0.0
        self._dirty: set[NotebookFolder] = set()
        super().__init__(service, send)

    async def message(self) -> dict[str, Any] | None:
        await self._refresh()
        listing, folders = await self.service.call(self._look)
        if self.watch(folders):
            # Between reading and watching something may have been written that nobody told of.
            self._everywhere = True
            self.touch()
        entries, before = listing.entries, self._sent
        self._sent = entries
        problems, self._problems = self._problems, listing.problems
        if before is None:
            return {"runs": list(entries.values()), "problems": listing.problems}
        changed = [entry for run_id, entry in entries.items() if before.get(run_id) is not entry]
        removed = [run_id for run_id in before if run_id not in entries]
        if not changed and not removed and problems == listing.problems:
            return None
        return {"changed": changed, "removed": removed, "problems": listing.problems}

    async def _refresh(self) -> None:
        service, dirty = self.service, self._dirty
        self._dirty = set()
        if self._sent is None and self._scope.kind != "all":
            # A long history elsewhere must not keep the first answer waiting; everything else comes after it.
            await service.call(service.store.discover)
            await service.refresh(await service.call(service.store.near, self._scope))
            self.touch()
        elif self._everywhere or time.monotonic() - self._looked >= _LOOK:
            self._everywhere, self._looked = False, time.monotonic()
            await service.refresh()
        else:
            await service.refresh(dirty)

    def _look(self) -> tuple[Listing, dict[Path, Callable[[], None]]]:
        store = self.service.store
        listing = store.listing(self._scope)
        folders = {_existing(directories.notes_dir()): self._touch_everywhere}
        for runs in store.runs_folders:
            folders[runs] = self._touch_everywhere
        for folder in listing.folders:
            touch = self._toucher(folder)
            folders[folder.path] = touch
            folders[layout.sessions_dir(folder.path)] = touch
            for run_id in folder.open_runs():
                if run_id in listing.entries:
                    folders[layout.run_dir(folder.path, run_id)] = touch
        return listing, folders

    def _touch_everywhere(self) -> None:
        self._everywhere = True
        self.touch()

    def _toucher(self, folder: NotebookFolder) -> Callable[[], None]:
        def touch() -> None:
            self._dirty.add(folder)
            self.touch()

        return touch


class FollowSeries(Follow):
    """Series of a run, thinned out, then the points as they are logged."""

    pause = 0.005

    def __init__(
        self, service: Service, send: Send, run_folder: Path, keys: list[str] | None, width: int
    ) -> None:
        self._folder = run_folder
        self._keys = keys
        self._width = width
        self._sent: dict[str, int] = {}
        self._file: MetricsFile | None = None
        self._generation = -1
        super().__init__(service, send)

    async def message(self) -> dict[str, Any] | None:
        if self.watch({_existing(self._folder): self.touch}):
            self.touch()
        if self._file is None:
            self._file = await self.service.series.file(self._folder / "metrics.jsonl")
        else:
            await self._file.grow()
        file = self._file
        if file.generation != self._generation:
            self._generation = file.generation
            self._sent = {key: len(column) for key, column in file.columns.items()}
            return {"series": thinned(file, self._keys, self._width)}
        points = {
            key: self._news(key, column)
            for key, column in self._columns(file)
            if len(column) > self._sent.get(key, 0)
        }
        return {"points": points} if points else None

    def _columns(self, file: MetricsFile) -> list[tuple[str, Column]]:
        return [
            (key, column) for key, column in file.columns.items() if self._keys is None or key in self._keys
        ]

    def _news(self, key: str, column: Column) -> dict[str, Any]:
        start, stop = self._sent.get(key, 0), len(column)
        self._sent[key] = stop
        raw = stop - start <= self._width
        return column.to_json(range(start, stop) if raw else column.thin(start, stop, self._width))


def _existing(folder: Path) -> Path:
    """The folder, or as long as it is not there the nearest one above it that is."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def width_of(value: object) -> int:
    """A plot's width in pixels from what a client says; 600 when it says nothing sensible."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return max(1, min(int(value), 10_000))
    return 600
