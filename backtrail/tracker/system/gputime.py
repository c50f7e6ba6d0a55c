"""The time that graphics cards were busy while cells ran."""

from __future__ import annotations

import threading
import time

from . import cards

# Shorter than the driver takes to notice, and than it is worth to ask.
_SHORTEST = 1.0


class GpuTime:
    """Counts while it is told to; costs nothing where there is no card.

    The cards do not tell whose work they do, so that of others on the same cards counts too.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total: float | None = None
        self._since: float | None = None

    def begin(self) -> None:
        """A cell begins."""
        if cards.known() is not None:
            with self._lock:
                self._since = self._since or time.time()

    def pause(self) -> None:
        """No cell runs any more. What is left of the time, when it is short, is not counted."""
        self.advance()
        self._since = None

    def advance(self) -> None:
        """Counts up to now. To be called now and then: the driver forgets after some twenty seconds."""
        driver = cards.known()
        with self._lock:
            now = time.time()
            if driver is None or self._since is None or now - self._since < _SHORTEST:
                return
            share = driver.busy(int(self._since * 1e6))
            if share is not None:
                self._total = (self._total or 0.0) + share * (now - self._since)
            self._since = now

    @property
    def seconds(self) -> float | None:
        """Seconds up to the last `advance`, of all cards together; None while nothing was ever seen."""
        return self._total
