"""Ids of sessions, editors and runs: ``YYYYMMDD-HHMMSSmmm-rrrr`` in UTC, sorting by time."""

from __future__ import annotations

import os
import re
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeGuard

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_FORM = re.compile(r"\d{8}-\d{9}-[0-9a-z]{4}", re.ASCII)

_lock = threading.Lock()
_last_millisecond = 0


def new_id() -> str:
    """A new id, greater than every id that this process made before.

    The four characters come from the operating system, so the user's random streams are not touched.
    """
    global _last_millisecond
    with _lock:
        # Two runs of one loop can open within a millisecond, or the clock can be set back: order wins over
        # the exact millisecond, which nothing else depends on.
        now = max(time.time_ns() // 1_000_000, _last_millisecond + 1)
        _last_millisecond = now
    date = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now // 1000))
    number = int.from_bytes(os.urandom(8), "big")
    tail = "".join(_ALPHABET[number // 36**place % 36] for place in range(4))
    return f"{date}{now % 1000:03d}-{tail}"


def is_id(text: object) -> TypeGuard[str]:
    """Whether ``text`` has the form of an id. Only such a text may become a part of a path."""
    return isinstance(text, str) and _FORM.fullmatch(text) is not None
