"""Which folders are on file systems that may hang: those of a network."""

from __future__ import annotations

import os
import re

_words = str.split

_REMOTE = frozenset(
    _words("""
    9p afs autofs beegfs ceph cifs davfs fuse gfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 orangefs smb3
    smbfs vboxsf virtiofs
    """)
)


class Mounts:
    """The mounts of this machine when the record began; on systems that do not tell, none is remote."""

    def __init__(self, path: str = "/proc/self/mountinfo") -> None:
        self._remote: tuple[str, ...] = ()
        self._local: tuple[str, ...] = ()
        try:
            with open(path, encoding="utf-8", errors="surrogateescape") as file:
                lines = file.read(1 << 20).splitlines()
        except OSError:
            return
        kinds = dict(filter(None, map(_mount, lines)))
        remote = [point for point, kind in kinds.items() if _is_remote(kind)]
        self._remote = tuple(os.path.join(point, "") for point in remote)
        # Within a remote one, as in a container whose root is.
        self._local = tuple(os.path.join(p, "") for p, kind in kinds.items() if not _is_remote(kind))

    @property
    def any_remote(self) -> bool:
        """Whether there is any that may hang."""
        return bool(self._remote)

    def remote(self, path: str) -> bool:
        """Whether an absolute path is on a file system that may hang."""
        if not self._remote or not path.startswith(self._remote):
            return False
        inner = max((len(point) for point in self._local if path.startswith(point)), default=0)
        return any(len(point) > inner and path.startswith(point) for point in self._remote)


def _is_remote(kind: str) -> bool:
    return kind in _REMOTE or kind.startswith("fuse.")


def _mount(line: str) -> tuple[str, str] | None:
    """Where a line of mountinfo mounts what kind of file system."""
    words, _, rest = line.partition(" - ")
    fields, kind = words.split(" "), rest.split(" ", 1)[0]
    if len(fields) < 5 or not kind:
        return None
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4]), kind
