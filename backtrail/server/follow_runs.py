"""Following the runs of a notebook, of a folder, or all."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backtrail.runlog import directories, layout

from .folder import Entry, NotebookFolder
from .follow import LOOK, Follow, Send, existing
from .service import Service
from .store import Listing, Scope

_FIRST = 0.3
_LATER = 1.5
"""Seconds for which a long history is read until what is known of it is sent, at first and later."""

_LONGEST = 2.0
"""Seconds between two messages at most, however long the history is."""


class FollowRuns(Follow):
    """The runs of a scope, then what changes among them.

    A history that takes long to read comes in parts, its newest runs first; all but the last say ``more``.
    """

    pause = 0.1
    """At least; four times as long as it takes to look through a long history."""

    def __init__(self, service: Service, send: Send, scope: Scope) -> None:
        self._scope = scope
        self._sent: dict[str, Entry] | None = None
        self._problems: list[str] = []
        self._everywhere = True
        self._looked = 0.0
        self._took = 0.0
        self._dirty: set[NotebookFolder] = set()
        self._unread: list[NotebookFolder] = []
        super().__init__(service, send)

    async def message(self) -> dict[str, Any] | None:
        was_unread = bool(self._unread)
        await self._refresh()
        listing, folders, took = await self.service.call(self._look)
        self._took = took
        # While a history is read nobody pauses: each message brings many runs, and is taken before the next.
        pause = type(self).pause
        self.pause = 0 if self._unread else min(max(pause, 4 * took), _LONGEST)
        if self.watch(folders):
            # Between reading and watching something may have been written that nobody told of.
            self._everywhere = True
            self.touch()
        entries, before = listing.entries, self._sent
        self._sent = entries
        problems, self._problems = self._problems, listing.problems
        more = {"more": True} if self._unread else {}
        if self._unread or was_unread:
            self.touch()
        if before is None:
            return {"runs": list(entries.values()), "problems": listing.problems, **more}
        changed = [entry for run_id, entry in entries.items() if before.get(run_id) is not entry]
        removed = [run_id for run_id in before if run_id not in entries]
        if not changed and not removed and problems == listing.problems and was_unread == bool(self._unread):
            return None
        return {"changed": changed, "removed": removed, "problems": listing.problems, **more}

    async def _refresh(self) -> None:
        service, dirty = self.service, self._dirty
        self._dirty = set()
        if self._unread:
            # Looking through all that is known may take a tenth of the time.
            self._unread = await service.refresh(self._unread, max(_LATER, 10 * self._took))
            # What changed meanwhile is looked for when the history is there.
            self._dirty |= dirty
        elif self._sent is None and self._scope.kind != "all":
            # A long history elsewhere must not keep the first answer waiting; everything else comes after it.
            await service.call(service.store.discover)
            near = await service.call(service.store.near, self._scope)
            self._unread = await service.refresh(near, _FIRST)
            self.touch()
        elif self._everywhere or time.monotonic() - self._looked >= LOOK:
            self._everywhere, self._looked = False, time.monotonic()
            self._unread = await service.refresh(None, _FIRST if self._sent is None else _LATER)
        else:
            await service.refresh(dirty)

    def _look(self) -> tuple[Listing, dict[Path, Callable[[], None]], float]:
        """What there is now, the folders to be watched, and how many seconds it took to find out."""
        began = time.monotonic()
        store = self.service.store
        listing = store.listing(self._scope)
        folders = {existing(directories.notes_dir()): self._touch_everywhere}
        for runs in store.runs_folders:
            folders[runs] = self._touch_everywhere
        for folder in listing.folders:
            touch = self._toucher(folder)
            folders[folder.path] = touch
            folders[layout.sessions_dir(folder.path)] = touch
            for run_id in folder.open_runs():
                if run_id in listing.entries:
                    folders[layout.run_dir(folder.path, run_id)] = touch
        return listing, folders, time.monotonic() - began

    def _touch_everywhere(self) -> None:
        self._everywhere = True
        self.touch()

    def _toucher(self, folder: NotebookFolder) -> Callable[[], None]:
        def touch() -> None:
            self._dirty.add(folder)
            self.touch()

        return touch
