"""Memory of this process and of the machine, in bytes."""

from __future__ import annotations

import os
import sys
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_LINUX = sys.platform.startswith("linux")
# What a maximum of resident memory is counted in.
_UNIT = 1 if sys.platform == "darwin" else 1024
_UNLIMITED = 1 << 60


def resident() -> int | None:
    """What this process has in memory now. None: the system does not tell."""
    if _LINUX:
        try:
            with open("/proc/self/statm", "rb") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            return None
    psutil = _psutil()
    return int(psutil.Process().memory_info().rss) if psutil is not None else None


def highest() -> int | None:
    """The most that this process ever had in memory. None: the system does not tell."""
    if resource is not None:
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * _UNIT
    psutil = _psutil()
    found = getattr(psutil.Process().memory_info(), "peak_wset", None) if psutil is not None else None
    return int(found) if found is not None else None


def used_on_machine() -> int | None:
    """What is in use on the whole machine. None: the system does not tell."""
    if _LINUX:
        known = _meminfo()
        total, free = known.get(b"MemTotal:"), known.get(b"MemAvailable:")
        return total - free if total is not None and free is not None else None
    psutil = _psutil()
    if psutil is None:
        return None
    found = psutil.virtual_memory()
    return int(found.total - found.available)


def total() -> int | None:
    """What this process may use at most: the machine's, or what its container is given. None: not known."""
    if _LINUX:
        machine = _meminfo().get(b"MemTotal:")
        limits = [limit for limit in (machine, _limit_of_container()) if limit is not None]
        return min(limits, default=None)
    psutil = _psutil()
    return int(psutil.virtual_memory().total) if psutil is not None else None


def _limit_of_container() -> int | None:
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            with open(path, "rb") as file:
                limit = int(file.read())
        except (OSError, ValueError):
            continue
        return limit if limit < _UNLIMITED else None
    return None


def _meminfo() -> dict[bytes, int]:
    found = {}
    try:
        with open("/proc/meminfo", "rb") as file:
            for line in file:
                words = line.split()
                if len(words) == 3 and words[2] == b"kB":
                    found[words[0]] = int(words[1]) * 1024
    except (OSError, ValueError):
        pass
    return found


def _psutil() -> Any:
    """psutil where the kernel has loaded it; it is never loaded for this."""
    return sys.modules.get("psutil")
