"""Which runs made a file, and which read it: found by its bytes, whatever it is called now."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .folder import Entry

_PIECE = 1 << 20

_LISTS = (("wrote", "outputs"), ("wrote", "artifacts"), ("read", "inputs"), ("read", "datasets"))


def digest_of(path: Path) -> tuple[str, int]:
    """The sha256 of a file, as lower-case hex, and its size in bytes. Blocks.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    digest, size = hashlib.sha256(), 0
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is not a regular file")
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def uses(entries: Iterable[Entry], sha256: str) -> dict[str, list[dict[str, Any]]]:
    """The runs that wrote and that read exactly these bytes, newest first.

    Each is ``{"run": summary, "files": [what it says of the file]}``.
    """
    found: dict[str, list[dict[str, Any]]] = {"wrote": [], "read": []}
    for entry in sorted(entries, key=lambda entry: str(entry["id"]), reverse=True):
        files: dict[str, list[dict[str, Any]]] = {"wrote": [], "read": []}
        for how, name in _LISTS:
            files[how] += [file for file in entry[name] if file.get("sha256") == sha256]
        for how, these in files.items():
            if these:
                found[how].append({"run": entry, "files": these})
    return found
