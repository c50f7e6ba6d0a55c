"""Keeping the collector of cyclic garbage away while a history is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Keeps the collector away for some seconds.

    What is read of a history lives on and has no cycles: looking through it again and again while it grows
    would take a third of the time. So it is kept away for all of a part that is read, not for each turn of
    the thread that reads: a collection looks through everything that is new since the last one.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
