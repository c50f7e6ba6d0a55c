"""What the machine is: processor, memory, graphics cards."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import Any

from . import cards, memory


def describe() -> dict[str, Any]:
    """The fields ``cpu``, ``memory``, ``gpus`` and ``cuda`` of an ``environment`` event. Slow at first."""
    driver = cards.driver()
    return {
        "cpu": {"model": _model(), "count": usable_cores()},
        "memory": memory.total(),
        "gpus": [card._asdict() for card in driver.cards()] if driver is not None else [],
        "cuda": driver.cuda() if driver is not None else None,
    }


def usable_cores() -> int | None:
    """The cores that this process may run on, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def _model() -> str | None:
    try:
        if sys.platform.startswith("linux"):
            return _linux_model() or platform.machine() or None
        if sys.platform == "darwin":
            asked = subprocess.check_output(["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], timeout=5)
            return asked.decode(errors="replace").strip() or None
    except (OSError, subprocess.SubprocessError):
        pass
    return platform.processor() or platform.machine() or None


def _linux_model() -> str | None:
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            name, _, value = line.partition(":")
            if name.strip() in ("model name", "Hardware", "cpu model"):
                return value.strip() or None
    return None
