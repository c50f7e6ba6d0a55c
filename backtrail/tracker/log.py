"""An append-only file of lines that survives what users do to descriptors, folders and disks.

A line is one ``os.write`` to an O_APPEND descriptor, so it is on its way to the disk when the call returns. A
line that the disk refuses waits in memory, bounded, and is tried again; one that is given up is counted.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from pathlib import Path
from typing import Callable

_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

# Users close descriptors by number, mostly small ones, and a freed number is soon the user's own file.
_LOWEST_DESCRIPTOR = 200
_MOST_WAITING = 4 << 20
_RETRY_AFTER = 0.5

_forks = 0
"""How many forks lie between this process and the one that imported the tracker."""


class Log:
    """One file that is appended to.

    ``say`` is told, in a sentence, what could not be written. ``opening`` gives the lines that a file of this
    kind begins with; it is asked again when the file was deleted and has to be begun anew.

    Raises:
        OSError: the file cannot be opened or its opening not be written.
    """

    def __init__(
        self, path: Path, say: Callable[[str], None], opening: Callable[[bool], bytes] | None = None
    ) -> None:
        self.path = path
        self.descriptor = -1
        self.renewed = 0
        """How often the file was found deleted and was begun anew."""
        self.lost = 0
        """How many lines were given up."""
        self._say = say
        self._opening = opening
        self._identity = (0, 0)
        self._forks = _forks
        self.lock = threading.RLock()
        """Held while something is written."""
        self._waiting: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._dropped = 0
        self._reason = ""
        self._tried = 0.0
        self._open(False)

    @property
    def healthy(self) -> bool:
        """Whether lines go straight to the file. While others wait, a line has to queue behind them."""
        return self.ours and not self._waiting and self.descriptor >= 0

    @property
    def ours(self) -> bool:
        """Whether this process opened the file. A child that was forked from it may not write."""
        return self._forks == _forks

    def write(self, line: bytes) -> bool:
        """Appends one or more whole lines; True when the system has it. Never raises."""
        # Before the lock, which another thread may have held when this process was forked.
        if not self.ours:
            return False
        with self.lock:
            if self._waiting:
                self._wait(line)
                if time.monotonic() - self._tried >= _RETRY_AFTER:
                    self.retry()
                return not self._waiting
            try:
                # A cell may close what is open, and open its own files, while another thread writes.
                if not self._is_ours(os.fstat(self.descriptor)):
                    self._again(False)
                written = os.write(self.descriptor, line)
            except OSError as error:
                return self._refused(line, error)
            return written == len(line) or self._refused(line[written:], None)

    def rest(self, line: bytes, written: int) -> None:
        """Takes over a line of which only the first ``written`` bytes, or none, reached the file."""
        if not self.ours:
            return
        with self.lock:
            self._wait(line[written:])
            self.retry()

    def retry(self) -> None:
        """Writes the lines that wait, as far as the disk takes them."""
        with self.lock:
            self._tried = time.monotonic()
            while self._waiting:
                line = self._waiting[0]
                try:
                    written = os.write(self.descriptor, line)
                except OSError as error:
                    self._reason = error.strerror or type(error).__name__
                    return
                self._waiting_bytes -= written
                if written < len(line):
                    self._waiting[0] = line[written:]
                    return
                self._waiting.popleft()
            if self._dropped:
                dropped, self._dropped = self._dropped, 0
                self.lost += dropped
                self._say(f"{dropped} lines of {self.path.name} are lost: {self._reason}.")

    def check(self) -> None:
        """Makes sure that the descriptor still is this file, and opens it again if not. Never raises."""
        if not self.ours:
            return
        with self.lock:
            try:
                status = os.fstat(self.descriptor)
                ours = self._is_ours(status)
                # Windows has no link counts to go by, and no deleting of open files either.
                if ours and (status.st_nlink > 0 or os.name == "nt"):
                    if self._waiting:
                        self.retry()
                    return
            except OSError:
                ours = False
            self._again(ours)

    def intact(self) -> bool:
        """Whether the descriptor still is this file, and the file has not been deleted."""
        try:
            status = os.fstat(self.descriptor)
        except OSError:
            return False
        return self._is_ours(status) and status.st_nlink > 0

    def moved(self) -> Path | None:
        """Where the file is now, when its folder was moved and the system tells (Linux does)."""
        try:
            if self._is_ours(os.stat(self.path)):
                return None
        except OSError:
            pass
        try:
            path = Path(os.readlink(f"/proc/self/fd/{self.descriptor}"))
            status = os.stat(path)
        except OSError:
            return None
        return path if self._is_ours(status) else None

    def sync(self) -> None:
        """Returns once the system says that the file is on the disk. Never raises."""
        if self.descriptor >= 0:
            try:
                os.fsync(self.descriptor)
            except OSError:
                pass

    def close(self) -> None:
        """Closes the file, after a last try for the lines that wait. May be called twice."""
        if not self.ours:
            return
        with self.lock:
            if self.descriptor < 0:
                return
            if self._waiting:
                self.retry()
            try:
                if self._is_ours(os.fstat(self.descriptor)):
                    os.close(self.descriptor)
            except OSError:
                pass
            self.descriptor = -1

    def _is_ours(self, status: os.stat_result) -> bool:
        return (status.st_dev, status.st_ino) == self._identity

    def _open(self, again: bool) -> None:
        """Opens the file, and begins it if it is empty; ``again`` if it was open before."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _high(os.open(self.path, _FLAGS, 0o666))
        try:
            status = os.fstat(descriptor)
            start = _newline_first(self.path) if status.st_size else b""
            if not status.st_size and self._opening:
                start = self._opening(again)
            while start:
                start = start[os.write(descriptor, start) :]
        except BaseException:
            os.close(descriptor)
            raise
        if again and not status.st_size:
            self.renewed += 1
        self.descriptor, self._identity = descriptor, (status.st_dev, status.st_ino)

    def _again(self, ours: bool) -> None:
        """Opens the file anew; the old descriptor is closed only if it is ``ours``, not the user's by now."""
        old = self.descriptor
        self.descriptor = -1
        try:
            if ours:
                os.close(old)
            self._open(True)
        except OSError as error:
            self._reason = error.strerror or type(error).__name__
            return
        if self._waiting:
            self.retry()

    def _refused(self, line: bytes, error: OSError | None) -> bool:
        self._wait(line)
        if error is not None:
            self._reason = error.strerror or type(error).__name__
            self.check()
        self.retry()
        return not self._waiting

    def _wait(self, line: bytes) -> None:
        if self._waiting and self._waiting_bytes + len(line) > _MOST_WAITING:
            self._dropped += line.count(b"\n") or 1
            return
        self._waiting.append(line)
        self._waiting_bytes += len(line)


def _high(descriptor: int) -> int:
    """The same file under a number that users do not close by guessing, where the system allows one."""
    try:
        import fcntl  # noqa: PLC0415

        high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _LOWEST_DESCRIPTOR)
    except (ImportError, OSError, AttributeError):
        return descriptor
    os.close(descriptor)
    return high


def _newline_first(path: Path) -> bytes:
    """A newline when the file's last line was torn."""
    with open(path, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


def _after_fork() -> None:
    global _forks
    _forks += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
