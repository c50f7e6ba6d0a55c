"""What the handlers share: store and editors behind one thread, series and watches on the loop."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from logging import Logger
from pathlib import Path
from typing import TypeVar

from .edits import Editors
from .folder import NotebookFolder
from .garbage import no_collection
from .places import Places
from .plays import Plays
from .series import SeriesCache
from .store import Store
from .watch import Watcher

Result = TypeVar("Result")


class Service:
    """Everything the extension keeps while the server runs."""

    def __init__(self, root: str, named: Iterable[str], log: Logger) -> None:
        self.places = Places(root, named)
        self.store = Store(self.places)
        self.editors = Editors()
        self.plays = Plays()
        self.series = SeriesCache()
        self.watcher = Watcher()
        self.log = log
        # One thread: the store needs no locks, and a slow disk keeps nobody on the event loop waiting.
        self._thread = ThreadPoolExecutor(1, "backtrail")

    async def call(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Runs what blocks, or uses the store or the editors, in the thread that may."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def refresh(
        self, only: Iterable[NotebookFolder] | None = None, seconds: float = math.inf
    ) -> list[NotebookFolder]:
        """Reads what is new: everywhere, or in the given folders. Others get their turn in between.

        Returns the folders that are not read to their end after so many seconds.
        """
        pending = list(await self.call(self.store.discover) if only is None else only)
        until = time.monotonic() + seconds
        with no_collection():
            while not await self.call(self.store.refresh, pending) and time.monotonic() < until:
                pass
        return pending

    async def find(self, run_id: str) -> NotebookFolder | None:
        """The folder that has a run, read anew; None when there is none."""
        folder = await self.call(self.store.holding, run_id)
        if folder is None:
            await self.refresh()
        else:
            await self.call(folder.refresh, run_id)
        return await self.call(self.store.holding, run_id)

    async def locate(self, run_id: str) -> Path | None:
        """The notebook's folder that has a run, for who needs none of its logs; None when there is none.

        A long history is read only where no folder of that run is on the disk.
        """
        # Of the store only what is replaced and never changed is looked at: nobody waits for its thread.
        known = self.store.holding(run_id)
        if known is not None:
            return known.path
        path = await asyncio.get_running_loop().run_in_executor(None, self.places.folder_with, run_id)
        if path is None:
            found = await self.find(run_id)
            path = None if found is None else found.path
        return path

    async def find_session(self, session: str) -> NotebookFolder | None:
        """The folder that has the log of a session, read anew; None when there is none."""
        folder = await self.call(self.store.logging, session)
        await self.refresh(None if folder is None else [folder])
        return await self.call(self.store.logging, session)
