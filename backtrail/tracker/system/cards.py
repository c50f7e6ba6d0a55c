"""The driver of the graphics cards, begun once a process, and never where there is no card."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .nvidia import Driver

_lock = threading.Lock()
_driver: Driver | None = None
_asked = False


def driver() -> Driver | None:
    """The driver, or None when there are no cards. The first call takes up to a second."""
    global _driver, _asked
    with _lock:
        if not _asked:
            _asked = True
            try:
                # Here and not above, so that to attach does not take the time of it.
                from .nvidia import Driver  # noqa: PLC0415

                _driver = Driver()
            except Exception:
                _driver = None
        return _driver


def known() -> Driver | None:
    """The driver, if it has been asked for and is there."""
    return _driver
