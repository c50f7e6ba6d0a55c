"""One kernel's life on one notebook: its log, and everything that may be written into it."""

from __future__ import annotations

import getpass
import os
import platform
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Callable

from .. import __version__
from ..runlog import directories, ids, layout, process, times
from ..runlog.lines import encode
from ..secrets import Redactor
from .background import Background
from .log import Log
from .place import Place

WRITER = {"name": "backtrail", "version": __version__}

Event = dict[str, Any]


class Session:
    """A session log that is open. Nothing goes into it that has not been through its ``redactor``.

    ``redact`` are the user's own patterns of what is to be withheld. ``remembered`` False: the folder is not
    noted among those that hold runs, as of a record that is looked at once.

    Raises:
        OSError: the log cannot be written.
    """

    def __init__(
        self, place: Place, threaded: bool, redact: Iterable[str] = (), remembered: bool = True
    ) -> None:
        self.id = ids.new_id()
        self.place = place
        self.folder = place.folder
        self.runs = place.runs
        self.user = _user()
        self.process = process.identity()
        self.redactor = Redactor()
        self.background = Background(threaded)
        self.reopening: Callable[[], list[Event]] = list
        """Events that make sense of what follows, for a log that was deleted and is begun anew."""
        self.written: list[Event] = []
        """Events that were written and not yet taken into the summaries."""
        self._warned: set[str] = set()
        self._held: list[tuple[Event, bytes]] = []
        self._holder = 0
        self.begin = self._session_event()
        self.log = Log(layout.log_path(self.folder, self.id), self.warn, self._opening)
        self.written.append(self.begin)
        self.redact(redact)
        if remembered:
            self._remember()

    def _remember(self) -> None:
        try:
            directories.remember(self.runs)
        except OSError as error:
            self.warn(
                f"The folder {self.runs} could not be noted in the Jupyter data directory "
                f"({error.strerror}), so it may be missing in lists of all runs."
            )

    def write(self, event: str, **fields: Any) -> Event:
        """Appends one event, with the present time and without secrets, and returns it. Never raises."""
        line = {"event": event, "time": times.now(), **self.redactor.event(event, fields)}
        data = encode(line)
        # Before the lock, which another thread may have held when this process was forked.
        if self.log.ours:
            with self.log.lock:
                self._held.append((line, data))
                if self._holder != threading.get_ident():
                    self._flush()
        return line

    def hold(self) -> None:
        """What this thread writes goes to the disk together, at `release` or when another writes."""
        self._holder = threading.get_ident()

    def release(self) -> None:
        """Writes what was held."""
        if self.log.ours:
            with self.log.lock:
                self._holder = 0
                self._flush()

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held:
            self.log.write(b"".join(data for _, data in held))
            self.written += [line for line, _ in held]

    def redact(self, patterns: Iterable[str]) -> None:
        """Withholds what the user's own patterns match from now on."""
        self.redactor.use(patterns)
        while self.redactor.problems:
            self.warn(self.redactor.problems.pop())

    def warn(self, message: str, n: int | None = None) -> None:
        """Records, once, that something could not be recorded."""
        if message not in self._warned:
            self._warned.add(message)
            self.write("warning", message=message, n=n)

    def renamed(self, notebook: Path) -> None:
        """The notebook has another path now; what was recorded stays where it is."""
        before, self.place = self.place.notebook, self.place._replace(notebook=notebook)
        self.write("rename_notebook", session=self.id, **{"from": str(before), "to": str(notebook)})

    def check(self) -> bool:
        """Makes sure that the log is still there; True when its folder was moved, and followed."""
        moved = self.log.moved()
        if moved is not None and moved.parent.name == "sessions":
            self.log.path = moved
            self.folder = moved.parent.parent
            self.runs = self.folder.parent
            try:
                directories.remember(self.runs)
            except OSError:
                pass
            return True
        self.log.check()
        return False

    def close(self, reason: str) -> None:
        """Ends the session in an orderly way."""
        self.write("session_end", reason=reason)
        self.release()
        self.log.sync()
        self.log.close()

    def relative(self, path: str | Path) -> str:
        """A path as the log has it: relative to the notebook's folder where it can be, with ``/``."""
        base = self.place.notebook.parent
        whole = os.path.abspath(path)
        try:
            return Path(os.path.relpath(whole, base)).as_posix()
        except ValueError:
            # Another drive on Windows.
            return Path(whole).as_posix()

    def _session_event(self) -> Event:
        return {
            "event": "session",
            "time": times.now(),
            "format": 1,
            "session": self.id,
            "notebook": {"path": str(self.place.notebook), "name": self.place.name},
            "kernel": {
                "language": "python",
                "version": platform.python_version(),
                "implementation": platform.python_implementation(),
            },
            "process": self.process,
            "user": self.user,
            "writer": WRITER,
            "cwd": _cwd(),
        }

    def _opening(self, again: bool) -> bytes:
        if not again:
            return encode(self.begin)
        message = "The log was deleted while it was written; what it held before is lost."
        lost = {"event": "warning", "time": times.now(), "message": message, "n": None}
        self.written[:] = [self.begin, lost, *map(self._safe, self.reopening())]
        return b"".join(encode(event) for event in self.written)

    def _safe(self, event: Event) -> Event:
        return self.redactor.event(event["event"], event)


def _user() -> str | None:
    try:
        return getpass.getuser()
    except Exception:
        return None


def _cwd() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None
