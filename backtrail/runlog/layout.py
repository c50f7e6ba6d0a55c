"""Where things are inside a ``runs`` folder, and how they are put there."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from .lines import plain

METRICS = "metrics.jsonl"
SUMMARY = "run.json"
"""The files of a run, in its folder."""

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def sessions_dir(notebook: Path) -> Path:
    """The folder of the logs of a notebook; ``notebook`` is its folder under ``runs``."""
    return notebook / "sessions"


def log_path(notebook: Path, log_id: str) -> Path:
    """The log of one session or editor."""
    return notebook / "sessions" / f"{log_id}.jsonl"


def run_dir(notebook: Path, run_id: str) -> Path:
    """The folder of a run. It exists once the run has recorded something."""
    return notebook / run_id


def metrics_path(notebook: Path, run_id: str) -> Path:
    """The points that a run logged."""
    return notebook / run_id / METRICS


def system_path(notebook: Path, run_id: str) -> Path:
    """What the machine did during a run, in the form of its points."""
    return notebook / run_id / "system.jsonl"


def summary_path(notebook: Path, run_id: str) -> Path:
    """The derived summary of a run."""
    return notebook / run_id / SUMMARY


def artifacts_dir(notebook: Path, run_id: str) -> Path:
    """The files kept with a run."""
    return notebook / run_id / "artifacts"


def blob_path(runs: Path, sha256: str) -> Path:
    """The file of a blob in a ``runs`` folder.

    Raises:
        ValueError: ``sha256`` is not 64 lower-case hex digits.
    """
    if not is_sha256(sha256):
        raise ValueError("A blob is named by 64 lower-case hex digits.")
    return runs / "blobs" / "sha256" / sha256[:2] / sha256


def is_sha256(text: object) -> bool:
    """Whether ``text`` can name a blob."""
    return isinstance(text, str) and _SHA256.fullmatch(text) is not None


def store_blob(runs: Path, data: bytes) -> str:
    """Keeps ``data`` under its hash, once, and returns the hash.

    Raises:
        OSError: the folder cannot be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = blob_path(runs, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    return sha256


def load_blob(runs: Path, sha256: str) -> bytes | None:
    """The bytes of a blob, or None when it is not there or cannot be read."""
    try:
        return blob_path(runs, sha256).read_bytes()
    except (OSError, ValueError):
        return None


def replace_json(path: Path, value: Any) -> None:
    """Writes ``value`` to ``path`` so that a reader sees the old file or the new one, never a part.

    Odd values are written as ``lines.encode`` writes them.

    Raises:
        OSError: the folder cannot be written; the old file is untouched.
    """
    text = json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False)
    _replace(path, text.encode(errors="backslashreplace") + b"\n")


def notebook_folders(runs: Path) -> list[Path]:
    """The folders of notebooks under ``runs``, by name: those with ``sessions``, nothing foreign."""
    try:
        with os.scandir(runs) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:
        return []
    return [runs / name for name in names if name != "blobs" and (runs / name / "sessions").is_dir()]


def _replace(path: Path, data: bytes) -> None:
    # A name of its own for each writer: two of them may replace one file at the same time.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except BaseException:
        try:
            temporary.unlink()
        except OSError:
            pass
        raise
