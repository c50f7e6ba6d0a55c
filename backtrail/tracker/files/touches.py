"""What one execution did to files, as it is heard of while the execution goes on."""

from __future__ import annotations

from typing import Any

from ..run import Run
from .contents import Content
from .identity import MISSING, Identity, Sight

_MOST = 20_000
"""Files, folders and programs of one execution that are noted; of the rest the number is said."""


class Touch:
    """What was done to one path, for one run."""

    __slots__ = (
        "before",
        "contents",
        "data",
        "first",
        "how",
        "kind",
        "maybe",
        "over",
        "path",
        "read",
        "run",
        "wrote",
    )

    def __init__(self, path: str, run: Run | None, first: Sight, how: str) -> None:
        self.path = path
        self.run = run
        """The run that was open; None when there was none."""
        self.first = first
        """What stood there before."""
        self.how = how
        self.read = False
        """It was read before it was written, if it was."""
        self.wrote = False
        self.maybe = False
        """It was opened so that it could be written: whether it was, its identity tells."""
        self.over = False
        """What was written is not there any more: another run wrote over it."""
        self.kind = "file"
        self.before: Content | None = None
        """What was read, if it had to be hashed before something was written over it."""
        self.data: dict[str, Any] | None = None
        """What is in it as a set of data."""
        self.contents: list[Content] = []
        """What was written and then written over."""


class Touches:
    """All of one execution; ``n`` None stands for what happens between executions."""

    def __init__(self, n: int | None, started: int, folder: str | None) -> None:
        self.n = n
        self.started = started
        """Nanoseconds since 1970."""
        self.folder = folder
        """The working directory at its beginning."""
        self.files: dict[tuple[str | None, str], Touch] = {}
        self.latest: dict[str, Touch] = {}
        """By path, the one of the latest run."""
        self.listed: dict[str, Run | None] = {}
        """Folders whose names were read."""
        self.urls: dict[str, Run | None] = {}
        self.commands: list[tuple[Any, str | None, Run | None]] = []
        """Programs that were started: their words or command line, and where."""
        self.whole_folders: dict[str, tuple[str, list[tuple[str, Identity]]]] = {}
        """Folders that were read as a whole, how that is known, and the files in them."""
        self.too_large: dict[str, str] = {}
        """Folders that were, and that hold too much to be hashed."""
        self.left_out = 0
        self.hurried = 0.0
        """Seconds that were spent in the calls of the user."""

    def at(self, path: str, run: Run | None) -> Touch | None:
        """What was done to a path so far."""
        return self.files.get((None if run is None else run.id, path))

    def add(self, path: str, run: Run | None, first: Sight = MISSING, how: str = "open") -> Touch | None:
        """Notes a path, unless there are too many."""
        if len(self.files) >= _MOST:
            self.left_out += 1
            return None
        touch = self.files[None if run is None else run.id, path] = Touch(path, run, first, how)
        self.latest[path] = touch
        return touch

    def has_room(self, kept: Any) -> bool:
        """Whether one more may be noted in a list of this execution."""
        if len(kept) < _MOST:
            return True
        self.left_out += 1
        return False
