"""Which ``runs`` folders may be served, and where contents paths are on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from backtrail.runlog import directories, layout


class Places:
    """The server's root and the folders that the settings name; nothing else is ever read.

    ``root`` and ``named`` are absolute folders; they need not exist.
    """

    def __init__(self, root: str, named: Iterable[str] = ()) -> None:
        self.root = Path(os.path.abspath(os.path.expanduser(root)))
        self.named = [Path(os.path.abspath(os.path.expanduser(path))) for path in named]

    def runs_folders(self) -> list[Path]:
        """The ``runs`` folders that trackers told of and that may be served, and those that are named."""
        root = os.path.realpath(self.root)
        named = [os.path.realpath(path) for path in self.named]
        folders = {os.path.realpath(path): path for path in directories.known()}
        allowed = {
            real: path for real, path in folders.items() if any(_inside(real, top) for top in (root, *named))
        }
        for real, path in zip(named, self.named, strict=True):
            if os.path.isdir(real):
                allowed.setdefault(real, path)
        return [allowed[real] for real in sorted(allowed)]

    def folder_with(self, run_id: str) -> Path | None:
        """The notebook's folder on the disk that has the folder of a run; its log may still be anywhere."""
        for runs in self.runs_folders():
            for folder in layout.notebook_folders(runs):
                if layout.run_dir(folder, run_id).is_dir():
                    return folder
        return None

    def holds(self, path: Path) -> bool:
        """Whether a real path is below the server's root, or a folder that is named."""
        return any(_inside(str(path), os.path.realpath(top)) for top in (self.root, *self.named))

    def on_disk(self, contents_path: str) -> Path | None:
        """The file or folder of a contents path, or None when it is outside the root."""
        # A contents path may name a drive ("RTC:") that shows the same files.
        _, _, path = contents_path.rpartition(":")
        if "\0" in path:
            return None
        joined = Path(os.path.normpath(os.path.join(self.root, path.lstrip("/"))))
        return joined if _inside(str(joined), str(self.root)) else None


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
