"""What others may tell of files: adapters, which know of those that Python is not told of."""

from __future__ import annotations

from typing import Any

from .hearing import Hearing


class Door:
    """Takes what is told, while an execution goes on."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing

    def used(self, path: str, how: str, writes: bool) -> None:
        """A library, ``how``, is about to read a file or to write it anew."""
        self._hearing.note(path, how, writes=writes, truncates=writes, reads=not writes)

    def may_be_written(self, path: str, how: str) -> None:
        """A library has opened a file so that it can be read and written."""
        self._hearing.note(path, how, writes=True, truncates=False, reads=True)

    def describe(self, path: str, **fields: Any) -> None:
        """A file was read as a table, or as another set of data: ``rows``, ``columns``, ``source`` …"""
        self._hearing.describe(path, fields)
