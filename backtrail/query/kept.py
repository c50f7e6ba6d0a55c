"""What was read of a notebook's logs, kept for the next question in the user's cache, not beside the runs."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

FORM = 1
"""To be raised when what is kept is another."""


def cache_path(folder: Path) -> Path:
    """Where that of a notebook's folder is; the file can be deleted at any time."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:32]
    return _folder() / "backtrail" / "python" / f"{name}.json"


def read(path: Path) -> dict[str, Any]:
    """The kept logs by their ids; none where there is no cache, or another version wrote it."""
    try:
        kept = json.loads(path.read_bytes())
        return kept["logs"] if kept["form"] == FORM else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write(path: Path, logs: dict[str, Any]) -> None:
    """Keeps them. Where that cannot be done, the next call reads the logs again."""
    try:
        # In one piece: `json.dump` goes through Python for every value, which takes several times as long.
        text = json.dumps({"form": FORM, "logs": logs}, separators=(",", ":"))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    except (OSError, TypeError, ValueError):
        return
    try:
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)


def _folder() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
