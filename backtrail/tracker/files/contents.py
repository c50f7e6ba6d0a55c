"""The hashes of files, read once for each state of a file."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections import OrderedDict
from typing import BinaryIO, Callable, NamedTuple, Optional

from . import identity
from .identity import Identity
from .worker import NO_TIME

_PIECE = 1 << 20
_MOST_KNOWN = 20_000

# Of a file that was changed this short a time ago, another change may not show in its time.
_TICK = 100_000_000

_OPEN = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)


class Content(NamedTuple):
    """sha256 and size in bytes of a file, or, where there is no hash, why: ``skipped``."""

    sha256: Optional[str]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    size: Optional[int] = None  # noqa: UP045
    skipped: Optional[str] = None  # noqa: UP045


class Contents:
    """Reads files and remembers what they held."""

    def __init__(self) -> None:
        self._known: OrderedDict[Identity, str] = OrderedDict()

    def of(
        self,
        path: str,
        expected: Identity | None = None,
        stopped: Callable[[], bool] | None = None,
        copy: BinaryIO | None = None,
    ) -> Content:
        """The content of a file, which is to be in the state ``expected``.

        ``stopped`` is asked now and then and ends the reading. ``copy`` is given the bytes as well. Never
        raises for what is wrong with the file: that is said in ``skipped``.
        """
        size = expected.size if expected else None
        try:
            descriptor = os.open(path, _OPEN)
        except (OSError, ValueError) as error:
            return Content(None, size, _why(error))
        try:
            found = os.fstat(descriptor)
            now = identity.of(found)
            if not stat.S_ISREG(found.st_mode):
                return Content(None, None, "it is no regular file")
            if expected is not None and not now.same(expected):
                return Content(None, size, "it was changed before its content could be read")
            if copy is None and now in self._known:
                return Content(self._known[now], now.size)
            return self._read(descriptor, now, stopped, copy)
        except OSError as error:
            return Content(None, size, _why(error))
        finally:
            os.close(descriptor)

    def _read(
        self, descriptor: int, now: Identity, stopped: Callable[[], bool] | None, copy: BinaryIO | None
    ) -> Content:
        digest, size = hashlib.sha256(), 0
        while piece := os.read(descriptor, _PIECE):
            digest.update(piece)
            size += len(piece)
            if copy is not None:
                copy.write(piece)
            if stopped is not None and len(piece) == _PIECE and stopped():
                return Content(None, now.size, NO_TIME)
        if not now.same(identity.of(os.fstat(descriptor))) or size != now.size:
            return Content(None, now.size, "it was changed while its content was read")
        sha256 = digest.hexdigest()
        if time.time_ns() - max(now.modified, now.touched) > _TICK:
            self._known[now] = sha256
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return Content(sha256, size)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "it was removed before its content could be read"
    words = getattr(error, "strerror", None) or type(error).__name__
    return f"it could not be read: {words}"
