"""Reading a file that grows: only the new lines, each once."""

from __future__ import annotations

import os
from pathlib import Path

_PIECE = 1 << 20


class Tail:
    """A place in a file of lines, behind the last whole line that was read.

    Not safe for several threads at once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        """Bytes of the file at the last look."""
        self.offset = 0
        """Bytes that were read of it."""
        self._identity: tuple[int, int] | None = None

    @property
    def torn(self) -> bool:
        """Whether the file ended, at the last look, with a line that has no newline."""
        return self.size > self.offset

    def read(self, limit: int = _PIECE) -> bytes:
        """Whole lines that were not read yet, about ``limit`` bytes of them; empty when there are none.

        Raises:
            OSError: the file is gone or cannot be read.
            Replaced: the file is another one, or shorter than what was read: what it held must be forgotten.
        """
        with open(self.path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            identity = (status.st_dev, status.st_ino)
            if self._identity not in (None, identity) or status.st_size < self.offset:
                self.offset, self._identity, self.size = 0, None, 0
                raise Replaced(f"{self.path} was replaced while it was read.")
            self._identity, self.size = identity, status.st_size
            file.seek(self.offset)
            return self._lines(file, limit)

    def _lines(self, file: object, limit: int) -> bytes:
        pieces = []
        wanted = limit
        while self.size > self.offset:
            piece = file.read(wanted)  # type: ignore[attr-defined]
            pieces.append(piece)
            end = piece.rfind(b"\n") + 1
            if end:
                pieces[-1] = piece[:end]
                data = b"".join(pieces)
                self.offset += len(data)
                self.size = max(self.size, self.offset)
                return data
            if len(piece) < wanted:
                break
            # One line longer than the limit: go on until its end.
            wanted *= 2
        return b""


class Replaced(Exception):
    """A file that was being followed is no longer the same file."""
