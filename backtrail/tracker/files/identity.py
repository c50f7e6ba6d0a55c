"""What tells a file from another, and from itself after it was changed, without reading it."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple


class Identity(NamedTuple):
    """A state of one file. Sizes are bytes, times nanoseconds since 1970."""

    device: int
    inode: int
    size: int
    modified: int
    touched: int
    """When anything about it changed, its name and rights included."""

    def same(self, other: Identity | None) -> bool:
        """Whether it is the same content, as far as can be told; a new name makes no difference."""
        return other is not None and self[:4] == other[:4]


class Sight(NamedTuple):
    """What stands at a path: ``kind`` is file, directory, other (a device, a pipe, a socket) or missing."""

    kind: str
    identity: Identity | None = None


MISSING = Sight("missing")


def look(path: str | int) -> Sight:
    """Looks at a path, or a descriptor, and opens nothing. What cannot be looked at is missing."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return MISSING
    if stat.S_ISREG(found.st_mode):
        return Sight("file", of(found))
    return Sight("directory" if stat.S_ISDIR(found.st_mode) else "other")


def of(found: os.stat_result) -> Identity:
    """The identity that a call of stat tells."""
    return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
