"""Digests of files by what they hold, without the times and ids that whoever wrote them put in."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import IO

from ..pictures import without_ids

_LARGEST = 32 << 20
"""Bytes of a file that is looked into."""
_MOST = 256 << 20
"""Bytes that are unpacked of one."""
_PIECE = 1 << 18
_TARS = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")
_ZIPS = (".zip", ".keras", ".xlsx", ".xlsm", ".docx", ".pptx", ".ods", ".odt")
_ABOUT = frozenset({"docProps/core.xml", "docProps/app.xml", "meta.xml"})
"""Parts of documents that tell who wrote them, and when."""
_DATES = re.compile(rb"/(?:CreationDate|ModDate) ?\([^)]*\)|/ID ?\[[^\]]*\]")
"""Of a PDF."""


def digest(path: str) -> str | None:
    """The sha256 of what a file holds; None for files of other kinds, and where that cannot be told.

    Of a zip archive it stands on the checksums that the archive has of its parts.
    """
    take = _for(path.lower())
    try:
        if take is None or os.path.getsize(path) > _LARGEST:
            return None
        found = hashlib.sha256()
        take(path, _Within(found.update))
    except (OSError, EOFError, ValueError, zlib.error, tarfile.TarError, zipfile.BadZipFile):
        return None
    return found.hexdigest()


def _for(name: str) -> Callable[[str, _Within], None] | None:
    if name.endswith(_TARS):
        return _tar
    if name.endswith(_ZIPS):
        return _zip
    if name.endswith(".gz"):
        return _gzip
    if name.endswith(".pdf"):
        return _pdf
    return _svg if name.endswith(".svg") else None


class _Within:
    """Takes pieces as long as they are not too many."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._left = _MOST

    def __call__(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise ValueError("it unpacks to more than is looked at")
        self._take(piece)

    def all_of(self, file: IO[bytes] | gzip.GzipFile) -> None:
        """Takes what is left of a file."""
        while piece := file.read(_PIECE):
            self(piece)


def _gzip(path: str, take: _Within) -> None:
    with gzip.open(path, "rb") as file:
        take.all_of(file)


def _tar(path: str, take: _Within) -> None:
    with tarfile.open(path) as archive:
        for member in archive:
            told = (member.name, member.type, member.linkname, member.mode, member.size)
            take(repr(told).encode(errors="surrogatepass"))
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                take.all_of(file)


def _zip(path: str, take: _Within) -> None:
    about = {*_ABOUT, *(["metadata.json"] if path.lower().endswith(".keras") else [])}
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.filename not in about:
                told = (part.filename, part.CRC, part.file_size)
                take(repr(told).encode(errors="surrogatepass"))


def _svg(path: str, take: _Within) -> None:
    with open(path, encoding="utf-8") as file:
        take(without_ids(file.read()).encode())


def _pdf(path: str, take: _Within) -> None:
    with open(path, "rb") as file:
        take(_DATES.sub(b"", file.read()))
