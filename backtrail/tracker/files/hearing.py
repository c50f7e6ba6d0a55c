"""Notes what the audit events tell, in the midst of the user's calls: so nothing here may take long."""

from __future__ import annotations

import os
import time
from typing import Any, Callable, Protocol
from urllib.parse import urlsplit

from ..recorder import Recorder
from . import audit, identity
from .around import Around
from .contents import Content
from .identity import MISSING, Identity
from .noise import COMPILED, Noise
from .paths import text_of
from .touches import Touch, Touches

# What is hashed at once, because it is about to be written over, up to this many bytes a file, and seconds an
# execution.
_LARGEST_HURRY = 16 << 20
_LONGEST_HURRY = 0.05

_WRITES = os.O_WRONLY | os.O_RDWR
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", 0)


class Pending(Protocol):
    """What waits to be hashed."""

    def hurry(self, path: str) -> None:
        """Something is about to be written over a file that waits."""

    def moved(self, path: str, target: str) -> None:
        """A file that may wait has another name now."""


class Hearing:
    """The listeners. ``remote`` tells of a path whether a look at it might hang."""

    def __init__(
        self,
        recorder: Recorder,
        noise: Noise,
        pending: Pending,
        hash_now: Callable[[str, Identity | None], Content],
        remote: Callable[[str], bool],
    ) -> None:
        self.noise = noise
        self.open: dict[int, Touches] = {}
        """Of the executions that are going on."""
        self.between = Touches(None, time.time_ns(), None)
        self._recorder = recorder
        self._pending = pending
        self._hash_now = hash_now
        self._remote = remote
        self._around = Around(self.touches, lambda: recorder.stack, self.whole)

    def listeners(self) -> dict[str, audit.Listener]:
        """What to tell `audit`."""
        return {
            "open": self._opened,
            "os.rename": self._renamed,
            "os.link": self._linked,
            "os.symlink": self._linked,
            "os.remove": self._removed,
            "os.truncate": self._truncated,
            "sqlite3.connect": self._connected,
            **self._around.listeners(),
        }

    def touches(self) -> Touches:
        """Where to note what happens now."""
        execution = self._recorder.executions.current()
        found = self.open.get(execution.n) if execution is not None else None
        return found or self.between

    def note(self, path: str, how: str, writes: bool, truncates: bool, reads: bool) -> None:
        """A library told that it is about to use a file."""
        whole = self.whole(path)
        if whole is None:
            return
        self._use(whole, how, writes, truncates, reads)
        known = self.touches().latest.get(whole)
        if known is not None and known.kind == "file":
            # Python is told as well in some versions of some libraries, and knows less.
            known.how = how

    def describe(self, path: str, fields: dict[str, Any]) -> None:
        """A library told what is in a file that it has read."""
        whole = self.whole(path)
        touch = self.touches().latest.get(whole) if whole is not None else None
        if touch is not None:
            touch.data = fields

    def _opened(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = arguments
        # What is imported comes first, because there is the most of it.
        if type(path) is int or (type(path) is str and path.endswith(COMPILED)):
            return
        whole = self.whole(path)
        if whole is None:
            return
        if isinstance(mode, str):
            writes, truncates = any(letter in mode for letter in "wax+"), "w" in mode or "x" in mode
            reads = "r" in mode or "+" in mode
        else:
            if flags & _FOLDER:
                return
            writes, truncates = bool(flags & _WRITES), bool(flags & os.O_TRUNC)
            reads = not flags & os.O_WRONLY
        if not writes:
            known = self.touches().latest.get(whole)
            stack = self._recorder.stack
            if known and known.run is (stack[-1] if stack else None) and (known.read or known.wrote):
                return
        frame = audit.opener()
        if frame is None:
            return
        if not writes and whole.endswith((".py", ".pyx", ".pxd")) and audit.imports_or_shows(frame):
            return
        self._use(whole, "open", writes, truncates, reads and not truncates)

    def _use(self, path: str, how: str, writes: bool, truncates: bool, reads: bool) -> None:
        touches = self.touches()
        stack = self._recorder.stack
        run = stack[-1] if stack else None
        touch = touches.at(path, run)
        if touch is None:
            if writes:
                self._written_by_another(touches, path)
            touch = touches.add(path, run, MISSING if self._remote(path) else identity.look(path), how)
            if touch is None:
                return
        if reads and not touch.wrote:
            touch.read = True
        if writes:
            self._pending.hurry(path)
            if truncates:
                self._written_over(touches, touch)
                touch.wrote = True
            else:
                if touch.read and not touch.wrote:
                    self._keep_input(touches, touch)
                touch.maybe = True
            if touch.how == "mentioned":
                touch.how = how

    def _written_over(self, touches: Touches, touch: Touch) -> None:
        """Something is about to be written over what was read or written in this very execution."""
        if touch.read and not touch.wrote:
            self._keep_input(touches, touch)
        elif touch.wrote:
            content = self._now(touches, touch.path, None)
            if content is not None and content.sha256 and content.size:
                touch.contents.append(content)

    def _written_by_another(self, touches: Touches, path: str) -> None:
        """A run is about to write over what another run of the same execution read or wrote."""
        other = touches.latest.get(path)
        if other is not None and not other.over:
            self._written_over(touches, other)
            other.over = other.wrote

    def _keep_input(self, touches: Touches, touch: Touch) -> None:
        if touch.before is None and touch.first.kind == "file":
            touch.before = self._now(touches, touch.path, touch.first.identity)

    def _now(self, touches: Touches, path: str, expected: Identity | None) -> Content | None:
        """The content of a file, if there is time to read it before the user's call goes on."""
        if touches.hurried > _LONGEST_HURRY or self._remote(path):
            return None
        sight = identity.look(path)
        if sight.identity is None or sight.identity.size > _LARGEST_HURRY:
            return None
        start = time.perf_counter()
        content = self._hash_now(path, expected)
        touches.hurried += time.perf_counter() - start
        return content

    def _renamed(self, arguments: tuple[Any, ...]) -> None:
        source, target = self.whole(arguments[0], True), self.whole(arguments[1])
        if source is None or audit.opener() is None:
            return
        if target is None:
            # Into what is left out, as a package that is installed.
            return
        touches, stack = self.touches(), self._recorder.stack
        run = stack[-1] if stack else None
        self._pending.hurry(target)
        over = touches.at(target, run)
        if over is not None:
            self._written_over(touches, over)
        else:
            self._written_by_another(touches, target)
        touched = touches.at(source, run)
        if touched is None and identity.look(source).kind == "directory":
            self._renamed_folder(touches, source, target)
            return
        self._pending.moved(source, target)
        to = over or touches.add(target, run, identity.look(target), "rename")
        if to is not None:
            to.wrote, to.how = True, "rename"
            if touched is not None and touched.kind != "file":
                to.kind = touched.kind

    def _renamed_folder(self, touches: Touches, source: str, target: str) -> None:
        inside = source + os.sep
        for (_, path), touch in list(touches.files.items()):
            if path.startswith(inside) and (touch.wrote or touch.maybe):
                moved = touches.add(target + path[len(source) :], touch.run, MISSING, "rename")
                if moved is not None:
                    moved.wrote = True

    def _linked(self, arguments: tuple[Any, ...]) -> None:
        source, target = self.whole(arguments[0], True), self.whole(arguments[1])
        touches, stack = self.touches(), self._recorder.stack
        run = stack[-1] if stack else None
        touched = touches.at(source, run) if source else None
        if touched is not None and touched.wrote and target is not None and touches.at(target, run) is None:
            made = touches.add(target, run, MISSING, "link")
            if made is not None:
                made.wrote = True

    def _removed(self, arguments: tuple[Any, ...]) -> None:
        path = self.whole(arguments[0])
        if path is None or audit.opener() is None:
            return
        self._pending.hurry(path)
        touches, stack = self.touches(), self._recorder.stack
        touch = touches.at(path, stack[-1] if stack else None)
        if touch is not None and touch.read and not touch.wrote:
            self._keep_input(touches, touch)

    def _truncated(self, arguments: tuple[Any, ...]) -> None:
        path = self.whole(arguments[0]) if type(arguments[0]) is not int else None
        if path is not None and audit.opener() is not None:
            self._use(path, "open", writes=True, truncates=False, reads=False)

    def _connected(self, arguments: tuple[Any, ...]) -> None:
        name = text_of(arguments[0])
        if name is None or audit.opener() is None:
            return
        if name.startswith("file:"):
            name = urlsplit(name).path
        if not name or name.startswith(":memory:"):
            return
        whole = self.whole(name)
        if whole is None:
            return
        self._use(whole, "sqlite", writes=True, truncates=False, reads=True)
        touches, stack = self.touches(), self._recorder.stack
        touch = touches.at(whole, stack[-1] if stack else None)
        if touch is not None:
            touch.how, touch.kind = "sqlite", "database"

    def whole(self, path: Any, noisy: bool = False) -> str | None:
        """The absolute path, or None for what is left out, or is no path. ``noisy``: nothing is left out."""
        text = path if type(path) is str else text_of(path)
        if not text or "\0" in text:
            return None
        # Without the functions of os.path where that can be: this is done for each file that is opened.
        if text[0] != "/" and not os.path.isabs(text):
            text = f"{os.getcwd()}{os.sep}{text}"
        if "/." in text or "//" in text or os.sep != "/":
            text = os.path.normpath(text)
        if text.endswith("/"):
            text = text.rstrip("/") or "/"
        return None if not noisy and self.noise.covers(text) else text
