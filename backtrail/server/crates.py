"""The files of an RO-Crate, put into a folder: texts that a page made, and contents that a run recorded."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from backtrail.runlog import layout

from .places import Places

LARGEST = 100 << 20
"""Larger files are named in a crate with their hash, and not carried."""


class CrateFile(NamedTuple):
    """A file below the folder: a ``text``, or the content with a hash, which ``source`` may still have."""

    path: PurePosixPath
    text: str | None
    sha256: str
    source: str | None


def files_of(body: Any) -> list[CrateFile]:
    """The files that a request's body asks for.

    Raises:
        ValueError: it asks for none, or for one outside of the folder; the message is a sentence.
    """
    listed = body.get("files") if isinstance(body, dict) else None
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        raise ValueError("The files of the crate are missing.")
    return [_file_of(one) for one in listed]


def _file_of(said: dict[str, Any]) -> CrateFile:
    path, text, sha256, source = (said.get(name) for name in ("path", "text", "sha256", "from"))
    inside = PurePosixPath(path if isinstance(path, str) else "")
    parts = inside.parts
    if not parts or inside.is_absolute() or ".." in parts or any(sign in str(path) for sign in "\0\\:"):
        raise ValueError("Each file of a crate has a path below its folder.")
    if isinstance(text, str):
        return CrateFile(inside, text, "", None)
    if not isinstance(sha256, str) or not layout.is_sha256(sha256):
        raise ValueError("Each file of a crate has a text, or the hash of its content.")
    return CrateFile(inside, None, sha256, source if isinstance(source, str) else None)


def write(files: list[CrateFile], into: Path, runs: Path, home: Path, places: Places) -> list[str]:
    """Makes the folder ``into`` and writes what can be had; the paths of that.

    Contents are blobs of ``runs``, or files that are as they were, relative to ``home``.

    Raises:
        OSError: the folder is there already, or something cannot be written.
    """
    into.mkdir()
    present = []
    for file in files:
        target = into / file.path
        if file.text is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.text, encoding="utf-8", newline="")
        else:
            found = next((path for path in _candidates(file, runs, home, places) if _is(path, file)), None)
            if found is None:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, target)
        present.append(str(file.path))
    return present


def _candidates(file: CrateFile, runs: Path, home: Path, places: Places) -> Iterator[Path]:
    yield layout.blob_path(runs, file.sha256)
    if file.source is not None and "\0" not in file.source:
        path = Path(os.path.realpath(home / file.source))
        if places.holds(path):
            yield path


def _is(path: Path, file: CrateFile) -> bool:
    """Whether a file has the content that was recorded, and is small enough."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return False
        found = hashlib.sha256()
        with path.open("rb") as data:
            while piece := data.read(1 << 20):
                found.update(piece)
    except OSError:
        return False
    return found.hexdigest() == file.sha256
