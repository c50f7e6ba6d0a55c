"""Which folders hold runs: a note in the user's Jupyter data directory, so that nobody walks the tree."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from . import layout


def remember(runs: Path) -> None:
    """Notes that ``runs`` is a folder of runs, once.

    Raises:
        OSError: the Jupyter data directory cannot be written.
    """
    path = os.path.abspath(runs)
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    note = notes_dir() / f"{name}.json"
    if note.exists():
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    layout.replace_json(note, {"path": path})


def known() -> list[Path]:
    """The folders noted that are there now, in no particular order. An unreadable note is left out."""
    try:
        names = sorted(name for name in os.listdir(notes_dir()) if name.endswith(".json") and name[0] != ".")
    except OSError:
        return []
    folders = []
    for name in names:
        try:
            path = json.loads((notes_dir() / name).read_bytes())["path"]
            if isinstance(path, str) and os.path.isabs(path) and os.path.isdir(path):
                folders.append(Path(path))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return folders


def notes_dir() -> Path:
    """The folder of the notes: ``<jupyter data dir>/backtrail/directories``."""
    return _data_dir() / "backtrail" / "directories"


def _data_dir() -> Path:
    """Jupyter's data directory as jupyter_core finds it, without needing jupyter_core in the kernel."""
    named = os.environ.get("JUPYTER_DATA_DIR")
    if named:
        return Path(named)
    home = Path(os.path.expanduser("~"))
    if sys.platform == "darwin":
        return home / "Library" / "Jupyter"
    if os.name == "nt":
        roaming = os.environ.get("APPDATA")
        return Path(roaming) / "jupyter" if roaming else home / ".jupyter" / "data"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else home / ".local" / "share") / "jupyter"
