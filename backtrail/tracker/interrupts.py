"""Interrupts that come while the tracker is at work: they are meant for the cell that begins right after."""

from __future__ import annotations

import _thread
import signal
import threading
from typing import Callable

_AFTER = 0.02
"""Seconds, in which the cell will have begun. To interrupt a kernel that is idle does nothing."""


def held(call: Callable[[], None]) -> None:
    """Does ``call``, which does not raise, and passes on afterwards an interrupt that came meanwhile."""
    before = signal.getsignal(signal.SIGINT) if is_main() else None
    if before is None:
        call()
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        call()
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        later = threading.Timer(_AFTER, _thread.interrupt_main)
        later.daemon = True
        later.start()


def is_main() -> bool:
    """Whether this is the thread that interrupts come to."""
    return threading.current_thread() is threading.main_thread()
