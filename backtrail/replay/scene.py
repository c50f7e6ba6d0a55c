"""Where a replay takes place: a folder that holds copies of the files that it reads, each where it stands in
the user's tree, so that the replay finds them, and what it writes lands beside them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from ..runlog import layout
from .sources import Sources, SourcesError

_CLONE = 0x40049409
"""The request of Linux to share the blocks of two files."""


class Scene:
    """What ``src/reproduce/verify/scene.ts`` says is needed, set below ``tree``.

    ``changed`` are the files that are not as the record has them: ``{"path", "n", "module", "missing"}``,
    with ``"restored"`` where the replay has what the record has all the same, or ``"why"`` it has not.

    Raises:
        OSError, ValueError: ``file`` cannot be read, or is no scene.
    """

    def __init__(self, file: Path, tree: Path) -> None:
        said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        self._tree = tree
        self._folder = str(said["folder"])
        self._cwd = str(said["cwd"])
        self._runs = Path(said["runs"])
        self._files: list[dict[str, Any]] = said["files"]
        self._written: list[str] = said["written"]
        self._made = {self._absolute(path) for path in said.get("made") or said["written"]}
        self._code: dict[str, Any] | None = said.get("code")
        self.protect = [os.path.join(self._folder, path) for path in said["protect"]]
        self.figures: list[str] = said.get("figures") or ["png"]
        """The formats of the notebook's figures, as the inline backend names them."""
        self.changed: list[dict[str, Any]] = []
        self.made: set[str] = set()
        """Folders that are there because cells wrote into them; it may be that cells make them first."""
        self._built = 0

    def counterpart(self, path: str) -> Path:
        """Where a path of the user's has its counterpart."""
        drive, rest = os.path.splitdrive(self._absolute(path))
        return self._tree.joinpath(drive.replace(":", ""), rest.lstrip("\\/"))

    @property
    def cwd(self) -> Path:
        """Where the replay begins."""
        return self.counterpart(self._cwd)

    def set(self) -> None:
        """Puts everything in place.

        Raises:
            OSError: a file cannot be copied.
        """
        for folder in (self.cwd, self.counterpart(self._folder)):
            folder.mkdir(parents=True, exist_ok=True)
        self._modules_beside()
        for file in self._files:
            self._place(file)
        for path in self._written:
            self._make(self.counterpart(path).parent)

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self.made.add(os.path.realpath(folder))

    def _absolute(self, path: str) -> str:
        return os.path.abspath(os.path.join(self._folder, path))

    def _place(self, file: dict[str, Any]) -> None:
        path, sha256 = file["path"], file["sha256"]
        source = os.path.join(self._folder, path)
        target = self.counterpart(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.get("folder") or os.path.isdir(source):
            self._place_folder(file, source, target)
        elif os.path.isfile(source):
            _copy(source, target)
            if sha256 is not None and _hash(target) != sha256:
                self._tell(file, missing=False, **self._restored(file, source, target))
            elif sha256 is None and file["module"]:
                self._tell(file, missing=False, why="It was changed before it was looked at.")
        else:
            kept = None if sha256 is None or os.path.isabs(path) else layout.blob_path(self._runs, sha256)
            if kept is not None and kept.is_file():
                _copy(kept, target)
                if file["module"]:
                    self._tell(file, missing=True, restored=True)
            else:
                self._tell(file, missing=True, **self._restored(file, source, target))

    def _place_folder(self, file: dict[str, Any], source: str, target: Path) -> None:
        """Puts the files there that the folder held, without those that the session made itself."""
        listing = None if file["sha256"] is None else layout.load_blob(self._runs, file["sha256"])
        there = os.path.isdir(source)
        if there:
            self._make(target)
            shutil.copytree(
                source,
                target,
                copy_function=_copy,
                dirs_exist_ok=True,
                ignore=self._own if listing is None else self._files_and_own,
            )
        elif listing is None:
            self._tell(file, missing=True)
        else:
            target.mkdir(parents=True, exist_ok=True)
        for line in (listing or b"").decode(errors="surrogatepass").splitlines():
            sha256, _, name = line.partition("  ")
            path = os.path.join(file["path"], name)
            if self._absolute(path) not in self._made:
                self._place({**file, "path": path, "sha256": sha256, "folder": False})

    def _own(self, folder: str, names: list[str]) -> list[str]:
        """The names in a folder that the session made, or that stand for what it made."""
        paths = ((name, os.path.abspath(os.path.join(folder, name))) for name in names)
        return [name for name, path in paths if path in self._made or path == str(self._runs)]

    def _files_and_own(self, folder: str, names: list[str]) -> list[str]:
        """What is not copied where a list tells the files: only folders are, which a list does not tell."""
        own = set(self._own(folder, names))
        return [name for name in names if name in own or not os.path.isdir(os.path.join(folder, name))]

    def _restored(self, file: dict[str, Any], source: str, target: Path) -> dict[str, Any]:
        """Puts the module that was imported in the place of the one that is there now, if it can be had.

        The commit has to be there: without one it is not known which code the others belong to.
        """
        if not file["module"] or self._code is None or file["sha256"] is None:
            return {}
        sources = Sources(self._code, self._folder, self._runs)
        inside = os.path.relpath(os.path.realpath(source), os.path.realpath(sources.root))
        kept = layout.blob_path(self._runs, file["sha256"])
        try:
            sources.check()
            if kept.is_file():
                found = kept
            elif inside.startswith(".."):
                return {"why": f"It is not in the repository {sources.root}."}
            else:
                self._built += 1
                built = self._tree.with_name(f"sources-{self._built}")
                sources.build(built, [Path(inside).as_posix()])
                found = built / inside
            if not found.is_file() or _hash(found) != file["sha256"]:
                return {"why": "The commit and the record have another one."}
        except (SourcesError, OSError) as error:
            return {"why": str(error)}
        _copy(found, target)
        return {"restored": True}

    def _tell(self, file: dict[str, Any], *, missing: bool, **more: Any) -> None:
        self.changed.append(
            {"path": file["path"], "n": file["n"], "module": file["module"], "missing": missing, **more}
        )

    def _modules_beside(self) -> None:
        """Modules beside the notebook, which a record may not name."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(self._cwd) as entries:
            for entry in entries:
                if entry.name.endswith(".py") and entry.is_file():
                    _copy(entry.path, self.cwd / entry.name)


def _copy(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> str:
    """Copies a file; where the file system can, the two share what they hold."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415

        with contextlib.suppress(OSError), open(source, "rb") as old, open(target, "wb") as new:
            fcntl.ioctl(new.fileno(), _CLONE, old.fileno())
            return str(target)
    return str(shutil.copyfile(source, target))


def _hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()
