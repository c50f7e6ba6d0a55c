"""The time that processors have spent on this process and its children."""

from __future__ import annotations

import os
import sys
import time
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_LINUX = sys.platform.startswith("linux")
_MOST_CHILDREN = 256
_FRESH = 0.2


class _Seen(NamedTuple):
    """Seconds that the living descendants had used at a moment, and those that had ended by then."""

    at: float
    ended: float
    living: float


_seen = _Seen(0.0, 0.0, 0.0)


def cpu_seconds() -> float:
    """Seconds of this process, of its children that ended, and (on Linux) of all descendants that live.

    A child counts from its first to its last moment: what it used while it lived is what the system adds for
    it when it ends. One that outlives the process that started it is lost, so the sum may shrink.
    """
    global _seen
    total, ended = time.process_time(), 0.0
    if resource is not None:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = usage.ru_utime + usage.ru_stime
    if _LINUX and _has_children():
        now = time.monotonic()
        # To look at them takes half a millisecond, too long for each of many short cells. What one that ended
        # had used moves from the living to the ended, so then they are looked at again.
        if now - _seen.at > _FRESH or _seen.ended != ended:
            _seen = _Seen(now, ended, _of_descendants())
        total += _seen.living
    return total + ended


def _has_children() -> bool:
    """Asked of the system in a microsecond; it neither waits for a child nor takes its end from the user."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    except OSError:
        pass
    return True


def _of_descendants() -> float:
    ticks = 0
    waiting = children_of(os.getpid())
    seen = 0
    while waiting and seen < _MOST_CHILDREN:
        child = waiting.pop()
        seen += 1
        fields = _stat(child)
        if fields:
            # utime, stime, cutime, cstime: fields 14 to 17, counted after the name, which may hold anything.
            ticks += sum(map(int, fields[11:15]))
            waiting += children_of(child)
    return ticks / os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """The children of a process on Linux; none when it is gone, or the system does not tell."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += map(int, file.read().split())
    except (OSError, ValueError):
        pass
    return found


def _stat(pid: int) -> list[bytes]:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()
    except OSError:
        return []
