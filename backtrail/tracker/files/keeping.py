"""Keeps the content of written files in the blobs, once, unless it holds secrets."""

from __future__ import annotations

import io
import os
import time
from typing import BinaryIO, Callable

from ...runlog import layout
from ..session import Session
from .contents import Content, Contents
from .identity import Identity

_MOST = 2 << 30
"""Bytes that one session keeps in all."""

_PIECE = 1 << 16


class Keeping:
    """Copies files into the blobs of one session."""

    def __init__(self, session: Session, contents: Contents) -> None:
        self._session = session
        self._contents = contents
        self._kept = 0

    def keep(
        self, path: str, expected: Identity | None, most: float, stopped: Callable[[], bool]
    ) -> tuple[Content, bool | None]:
        """The content of a file, and whether it is in the blobs now; ``most`` is in bytes.

        False: it may hold secrets. None: there was another reason not to keep it.
        """
        known = self._contents.of(path, expected, stopped)
        size = known.size or 0
        if known.sha256 is None or size > most or stopped():
            return known, None
        if self._is_there(known.sha256):
            return known, True
        if self._kept + size > _MOST:
            self._session.warn(
                "More than 2 GB of written files were kept, so the content of further ones is not."
            )
            return known, None
        return self._copy(path, expected, known, stopped)

    def keep_bytes(self, data: bytes) -> bool | None:
        """Keeps content that was read already, and says so as `keep` does."""
        try:
            if self._holds_secrets(io.BytesIO(data), lambda: False):
                return False
            layout.store_blob(self._session.runs, data)
        except OSError as error:
            self._session.warn(f"Written files could not be kept: {error.strerror}.")
            return None
        self._kept += len(data)
        return True

    def _is_there(self, sha256: str) -> bool:
        return layout.blob_path(self._session.runs, sha256).exists()

    def _copy(
        self, path: str, expected: Identity | None, known: Content, stopped: Callable[[], bool]
    ) -> tuple[Content, bool | None]:
        folder = self._session.runs / "blobs" / "sha256"
        temporary = folder / f".{os.getpid()}.{os.urandom(4).hex()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with open(temporary, "wb") as copy:
                content = self._contents.of(path, expected, stopped, copy)
            if content.sha256 is None:
                return known, None
            with open(temporary, "rb") as copied:
                if self._holds_secrets(copied, stopped):
                    return content, False
            target = layout.blob_path(self._session.runs, content.sha256)
            target.parent.mkdir(exist_ok=True)
            os.replace(temporary, target)
            self._kept += content.size or 0
            return content, True
        except OSError as error:
            self._session.warn(f"Written files could not be kept: {error.strerror}.")
            return known, None
        finally:
            try:
                temporary.unlink()
            except OSError:
                pass

    def _holds_secrets(self, file: BinaryIO, stopped: Callable[[], bool]) -> bool:
        """Whether a text has something in it that would be withheld. Of what is no text nothing is known."""
        rest = b""
        while piece := file.read(_PIECE):
            if b"\0" in piece:
                return False
            whole, end, more = (rest + piece).rpartition(b"\n")
            text, rest = (whole, more) if end and len(piece) == _PIECE else (rest + piece, b"")
            if self._session.redactor.finds(text.decode(errors="replace")) or stopped():
                return True
            # A search holds up every other thread while it lasts.
            time.sleep(0.005)
        return False
