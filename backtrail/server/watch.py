"""Being told that something in a folder changed: inotify where there is one, nothing elsewhere.

Whoever watches must also look by itself from time to time: a network file system tells nobody of what another
machine wrote, and other systems have no inotify.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path

_MODIFY, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _OVERFLOW, _IGNORED, _ONLYDIR = 0x400, 0x800, 0x4000, 0x8000, 0x1000000
_MASK = _MODIFY | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF | _ONLYDIR

Callback = Callable[[], None]


class Watch:
    """One folder that somebody watches."""

    def __init__(self, callback: Callback, end: Callable[[], None]) -> None:
        self.callback = callback
        self.ended = False
        """Whether nothing is told any more: it was ended, or the folder is gone."""
        self._end = end

    def end(self) -> None:
        """Ends it; a second call does nothing."""
        if not self.ended:
            self.ended = True
            self._end()


class Watcher:
    """Calls back on the event loop when a file in a watched folder is written, made or removed.

    One watch of the system serves all who watch the same folder. The descriptor is opened with the first
    watch and closed with the last.
    """

    def __init__(self) -> None:
        self._descriptor = -1
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watches: dict[int, set[Watch]] = {}

    @property
    def watching(self) -> bool:
        """Whether anything is watched."""
        return bool(self._watches)

    def watch(self, folder: Path, callback: Callback) -> Watch | None:
        """Begins to watch a folder; None when it cannot be watched."""
        number = self._add(folder)
        if number is None:
            return None
        watch = Watch(callback, lambda: self._end(number, watch))
        self._watches.setdefault(number, set()).add(watch)
        return watch

    def _add(self, folder: Path) -> int | None:
        libc = _libc()
        if libc is None:
            return None
        if self._descriptor < 0:
            self._descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._descriptor < 0:
                return None
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._descriptor, self._read)
        number: int = libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _MASK)
        if number < 0:
            # Gone, not readable, or the system's limit of watches is reached.
            self._close_if_idle()
            return None
        return number

    def _end(self, number: int, watch: Watch) -> None:
        holders = self._watches[number]
        holders.discard(watch)
        if not holders:
            del self._watches[number]
            libc = _libc()
            if libc is not None:
                libc.inotify_rm_watch(self._descriptor, number)
        self._close_if_idle()

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, 65536)
        except BlockingIOError:
            return
        changed: set[Watch] = set()
        position = 0
        while position < len(data):
            number, mask, _, length = struct.unpack_from("iIII", data, position)
            position += 16 + length
            if mask & _OVERFLOW:
                changed.update(*self._watches.values())
            holders = self._watches.get(number, set())
            changed |= holders
            if mask & _IGNORED:
                # The folder is gone, and the system's watch with it.
                for watch in self._watches.pop(number, set()):
                    watch.ended = True
            elif mask & _MOVE_SELF:
                # Another folder may take the name: whoever watched it must begin anew.
                for watch in list(holders):
                    watch.end()
        for watch in changed:
            watch.callback()
        self._close_if_idle()

    def _close_if_idle(self) -> None:
        if self._descriptor >= 0 and not self._watches:
            if self._loop is not None and not self._loop.is_closed():
                self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1


_loaded: ctypes.CDLL | None = None


def _libc() -> ctypes.CDLL | None:
    global _loaded
    if _loaded is None and sys.platform.startswith("linux"):
        try:
            library = ctypes.CDLL(None, use_errno=True)
            library.inotify_init1.argtypes = [ctypes.c_int]
            library.inotify_add_watch.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_uint32]
            library.inotify_rm_watch.argtypes = [ctypes.c_int, ctypes.c_int]
            _loaded = library
        except (OSError, AttributeError):
            return None
    return _loaded
