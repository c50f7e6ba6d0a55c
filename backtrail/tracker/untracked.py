"""The content of files that git does not track: what the difference from the commit lacks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable

_LARGEST = 256 << 10
_LARGEST_TOGETHER = 2 << 20
_MOST = 200

# What a result may depend on as code does. A file of secrets is mostly called otherwise (.env, .netrc).
_ENDINGS = frozenset(
    {".cfg", ".cu", ".cpp", ".h", ".ini", ".jl", ".js", ".json", ".py", ".pyi", ".pyx", ".r", ".sh", ".sql"}
    | {".stan", ".toml", ".ts", ".yaml", ".yml"}
)

Keep = Callable[[bytes], "str | None"]
"""Keeps the text of a file without its secrets, and tells its hash; None when it could not be kept."""


class Untracked:
    """Keeps small text files, each version once."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, int, str | None]] = {}

    def fields(self, files: Mapping[str, Path], keep: Keep) -> dict[str, Any]:
        """The ``untracked`` of a ``code`` event, path to blob or None, and ``left_out``: how many more.

        A file that is not code, or is large, is named only. Nothing when there are none.
        """
        if not files:
            return {}
        found: dict[str, str | None] = {}
        size = 0
        # Those that are likely code first: a folder of images may hold thousands.
        names = sorted(files, key=lambda name: (not _is_code(name), name))
        for name in names[:_MOST]:
            found[name] = None
            if not _is_code(name):
                continue
            try:
                status = os.stat(files[name])
                if status.st_size > _LARGEST or size + status.st_size > _LARGEST_TOGETHER:
                    continue
                size += status.st_size
                known = self._kept.get(name)
                if known is None or known[:2] != (status.st_mtime_ns, status.st_size):
                    blob = keep(files[name].read_bytes())
                    known = self._kept[name] = (status.st_mtime_ns, status.st_size, blob)
                found[name] = known[2]
            except OSError:
                continue
        left_out = len(names) - len(found)
        return {"untracked": found, **({"left_out": left_out} if left_out else {})}


def _is_code(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in _ENDINGS
