"""Appending events to a log: one write of one whole line, on its way to the disk when the call returns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .lines import encode


class Appender:
    """A log that is open for appending. Folders are made when they are missing.

    Raises:
        OSError: the log cannot be written.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = (
            os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        )
        self._descriptor = os.open(path, flags, 0o666)
        self._end_torn_line()

    def append(self, *events: Mapping[str, Any]) -> None:
        """Writes the events, in one write.

        Raises:
            OSError: the disk is full or the file cannot be written; what got there is ended with a newline at
                the next opening, so that the lines after it are whole.
        """
        data = b"".join(encode(event) for event in events)
        written = os.write(self._descriptor, data)
        while written < len(data):
            data = data[written:]
            written = os.write(self._descriptor, data)

    def sync(self) -> None:
        """Returns once the system says that everything is on the disk."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Closes the file; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _end_torn_line(self) -> None:
        size = os.lseek(self._descriptor, 0, os.SEEK_END)
        if size:
            os.lseek(self._descriptor, size - 1, os.SEEK_SET)
            if os.read(self._descriptor, 1) != b"\n":
                os.write(self._descriptor, b"\n")
