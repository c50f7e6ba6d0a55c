"""Following runs and series: what has changed is sent when it changes, and never faster than it is read."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from .service import Service
from .watch import Watch

Send = Callable[[dict[str, Any]], Awaitable[None]]
"""Sends a message, and returns when the socket has taken it."""

LOOK = 1.0
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
                # Where nothing tells of a change for a while, it is looked without being told. Not by
                # wait_for(), which until Python 3.12 loses an end that comes together with a change.
                look = asyncio.get_running_loop().call_later(LOOK, self.touch)
                try:
                    await self._changed.wait()
                finally:
                    look.cancel()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.service.log.warning("Backtrail stopped following: %s", error, exc_info=True)
            await self._send({"error": f"Following stopped: {error}. Reload the page to go on."})


def existing(folder: Path) -> Path:
    """The folder, or as long as it is not there the nearest one above it that is."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
