"""Which runs made a file, and which read it: found by its bytes, whatever it is called now."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backtrail.query.folder import files_in

from .folder import Entry

_PIECE = 1 << 20
_MOST_FILES = 2000

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


def writers_in(folder: Path, entries: Iterable[Entry]) -> dict[str, Any]:
    """The files of a folder and below it, each with the runs that wrote exactly its bytes. Blocks.

    ``{"files": [{"path", "size", "sha256", "runs": ids, newest first}], "runs": {id: summary of the newest of
    a file}, "left_out": number of files}``. ``sha256`` is None where the file was not read: because no run
    wrote one of that size, or because it cannot be.
    """
    writers: dict[str, dict[str, Entry]] = {}
    sizes: set[Any] = set()
    for entry in sorted(entries, key=lambda entry: str(entry["id"]), reverse=True):
        for file in [*entry["outputs"], *entry["artifacts"]]:
            if file.get("sha256"):
                sizes.add(file.get("size"))
                writers.setdefault(file["sha256"], {})[entry["id"]] = entry
    found: dict[str, Any] = {"files": [], "runs": {}}
    count = 0
    for count, (path, size) in enumerate(files_in(folder), 1):
        if count <= _MOST_FILES:
            sha256 = _digest_or_none(path) if {size, None} & sizes else None
            runs = writers.get(sha256 or "", {})
            row = {"path": path.relative_to(folder).as_posix(), "size": size, "sha256": sha256}
            found["files"].append({**row, "runs": list(runs)})
            found["runs"].update(list(runs.items())[:1])
    return {**found, "left_out": max(count - _MOST_FILES, 0)}


def _digest_or_none(path: Path) -> str | None:
    try:
        return digest_of(path)[0]
    except OSError:
        return None
