"""Finds files that were used without Python being told: by the paths that a cell has, and in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Callable

from . import identity
from .identity import Identity
from .mentions import Mention, words
from .noise import too_wide
from .touches import Touches

# File systems tell times by a clock that is up to so many nanoseconds late.
TICK = 10_000_000

_MOST_LOOKED = 64
_MOST_ENTRIES = 5_000
_DEEPEST = 6
_LARGEST_FOLDER = 4 << 30

Known = Callable[[str], "Identity | None"]
Whole = Callable[[str], "str | None"]


class Search:
    """The search for the files of one execution, which has ended at ``ended`` (ns since 1970)."""

    def __init__(self, touches: Touches, ended: int, whole: Whole, known: Known) -> None:
        self.folders: dict[str, Mention] = {}
        """Folders that the cell mentions, to be looked into."""
        self._touches = touches
        self._ended = ended
        self._whole = whole
        self._known = known
        """How a file was before the execution, if it had been written in this session."""
        self._moved = whole(".") != touches.folder
        self._seen = {path for _, path in list(touches.files)}

    def mentioned(self, mentions: Iterable[Mention]) -> Iterator[str]:
        """Looks at the paths that a cell mentions; gives those that there were too many of to look at."""
        looked = 0
        for mention in mentions:
            for path in self._paths(mention.text):
                if path in self._seen:
                    break
                if looked >= _MOST_LOOKED:
                    yield path
                    break
                looked += 1
                if self._look(path, mention):
                    break

    def look_at(self, paths: Iterable[str]) -> None:
        """Looks at paths that are mentioned."""
        for path in paths:
            if path not in self._seen:
                self._look(path, Mention(path, "mentioned", False))

    def commands(self) -> None:
        """Looks at the words of the commands that were started, and for what these left beside them."""
        for command, folder, _ in self._touches.commands:
            for word in words(command):
                path = self._whole(os.path.join(folder or "", os.path.expanduser(word)))
                if path is not None and path not in self._seen:
                    self._look(path, Mention(word, "child", False))

    def made(self) -> None:
        """What Python read after a program that the cell started had made it is no input of the cell."""
        for touch in self._touches.files.values() if self._touches.commands else ():
            first = touch.first.identity
            new = first is not None and self._is_new(first) and not first.same(self._known(touch.path))
            if touch.read and new:
                touch.read, touch.wrote, touch.how = False, True, "child"

    def left_by_children(self, folders: Iterable[str]) -> None:
        """Files in these folders that were changed while a program that the cell started ran."""
        for folder in dict.fromkeys(folders):
            for path, now in _entries(folder, 2):
                if self._is_new(now) and path not in self._seen and self._whole(path) is not None:
                    self._note(path, now, "child", True)

    def later(self) -> Touches:
        """Where to note what is found from now on, away from the cell."""
        before = self._touches
        self._touches = Touches(before.n, before.started, before.folder)
        return self._touches

    def inside(self, listed: Iterable[str], working: str) -> None:
        """Looks into the folders that the cell mentions or lists, which may be on a slow disk."""
        for folder, mention in self.folders.items():
            wide = too_wide(folder, working)
            # Whatever is new above the working directory may be anybody's.
            if not wide or folder == working:
                self._inside(folder, mention.how, not mention.place and not wide)
        for folder in _topmost(listed):
            if folder not in self.folders and not too_wide(folder, working):
                self._inside(folder, "listed", True)

    def _inside(self, folder: str, how: str, is_input: bool) -> None:
        start = os.path.join(folder, "")
        if any(path.startswith(start) for path in self._seen):
            # Its files were seen one by one.
            is_input = False
        found = [(path, now) for path, now in _entries(folder, _DEEPEST) if self._whole(path) is not None]
        new = {path for path, now in found if self._is_new(now) and not now.same(self._known(path))}
        for path, now in found:
            if path in new and path not in self._seen:
                self._note(path, now, how if how != "listed" else "mentioned", True)
        if new or not is_input or not found:
            return
        if sum(now.size for _, now in found) > _LARGEST_FOLDER or len(found) >= _MOST_ENTRIES:
            self._touches.too_large[folder] = how
            return
        self._touches.whole_folders[folder] = how, found

    def _paths(self, text: str) -> Iterator[str]:
        """A path counts from the working directory, and that may have been changed in the cell."""
        wanted = os.path.expanduser(text) if text[0] == "~" else text
        whole = self._whole(wanted)
        if whole is not None:
            yield whole
        if self._moved and self._touches.folder and not os.path.isabs(wanted):
            before = self._whole(os.path.join(self._touches.folder, wanted))
            if before is not None and before != whole:
                yield before

    def _look(self, path: str, mention: Mention) -> bool:
        sight = identity.look(path)
        if sight.kind == "directory" and mention.how == "mentioned":
            self.folders.setdefault(path, mention)
        if sight.identity is None:
            return sight.kind != "missing"
        self._note(path, sight.identity, mention.how, self._is_new(sight.identity))
        return True

    def _is_new(self, now: Identity) -> bool:
        # The clock of file systems is late and never early: what is told as later is of a later execution.
        return self._touches.started - TICK <= now.modified <= self._ended

    def _note(self, path: str, now: Identity, how: str, new: bool) -> None:
        self._seen.add(path)
        touch = self._touches.add(path, None, identity.Sight("file", now), how)
        if touch is not None:
            touch.wrote = new and not now.same(self._known(path))
            touch.read = not touch.wrote


def _topmost(folders: Iterable[str]) -> list[str]:
    found: list[str] = []
    for folder in sorted(folders):
        if not found or not folder.startswith(os.path.join(found[-1], "")):
            found.append(folder)
    return found


def _entries(folder: str, deepest: int) -> Iterator[tuple[str, Identity]]:
    """The files in a folder and its folders, up to a number; links to folders are not followed."""
    waiting, count = [(folder, 1)], 0
    while waiting:
        place, depth = waiting.pop(0)
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    count += 1
                    if count > _MOST_ENTRIES:
                        return
                    if entry.is_dir(follow_symlinks=False):
                        if depth < deepest and not entry.name.startswith("."):
                            waiting.append((entry.path, depth + 1))
                    elif entry.is_file() and not entry.name.startswith("."):
                        yield entry.path, identity.of(entry.stat())
        except OSError:
            continue
