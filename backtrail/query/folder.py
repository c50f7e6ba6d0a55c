"""The files of a folder that runs may have written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from backtrail.runlog import layout


def files_in(folder: Path) -> Iterator[tuple[Path, int]]:
    """All files below a folder with their sizes, by name; hidden folders and the records are left out.

    A link to a file stands for it; one to a folder could lead round in circles. What cannot be read is left
    out.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = folder / entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and not layout.notebook_folders(path):
                    yield from files_in(path)
            elif entry.is_file():
                yield path, entry.stat().st_size
        except OSError:
            continue
