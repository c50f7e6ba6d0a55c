"""One thread that looks in while a cell runs, so that metrics are live; it sleeps when nothing runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_PERIOD = 0.25
_SHARE = 0.0025
"""Of the time, what looking may take while a cell runs: where it takes longer, it is done less often."""
_LONGEST = 2.0
_PATIENCE = 20
"""Periods without a cell until the thread goes to sleep for good, and has to be woken."""


class Watch:
    """Calls ``look`` a few times a second while ``running()`` is true."""

    def __init__(self, look: Callable[[], None], running: Callable[[], bool]) -> None:
        self._look = look
        self._running = running
        self._wake = threading.Event()
        self._asleep = False
        self._ended = False
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """A cell begins."""
        if self._thread is None:
            thread = threading.Thread(target=self._work, name="backtrail-watch", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return
            self._thread = thread
        elif self._asleep:
            # To wake a thread costs the cell more than to begin it, so only a sleeping one is.
            self._wake.set()

    def end(self) -> None:
        """Looks no more."""
        self._ended = True
        self._wake.set()

    def _work(self) -> None:
        idle, period = 0, _PERIOD
        while not self._ended:
            self._wake.clear()
            self._asleep = idle >= _PATIENCE and not self._running()
            self._wake.wait(None if self._asleep else period)
            self._asleep = False
            if self._ended:
                return
            idle = 0 if self._running() else idle + 1
            begun = time.thread_time()
            if not idle:
                try:
                    self._look()
                except BaseException:
                    pass
            period = min(_LONGEST, max(_PERIOD, (time.thread_time() - begun) / _SHARE))
