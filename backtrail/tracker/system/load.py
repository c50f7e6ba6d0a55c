"""What the kernel and its machine do at a moment, as the metrics of ``system.jsonl``."""

from __future__ import annotations

import sys
import time

from . import cards, memory
from .cputime import cpu_seconds

_LINUX = sys.platform.startswith("linux")


class Load:
    """Measures from one call to the next. Not to be used by two threads at once."""

    def __init__(self) -> None:
        self._time = 0.0
        self._cpu = 0.0
        self._machine: tuple[float, float] | None = None

    def begin(self) -> None:
        """From here on counts what is measured next."""
        self._time, self._cpu, self._machine = time.monotonic(), cpu_seconds(), _machine_time()

    def measure(self) -> dict[str, float | int]:
        """Metrics by name: processors in percent since the last call, memory in bytes.

        ``cpu`` is that of the kernel and its children, 100 for one core; of ``machine/cpu`` all are 100.
        Cards have ``gpu:0/use``, in percent, and ``gpu:0/memory``. What is not known is left out.
        """
        was, cpu, machine = self._time, self._cpu, self._machine
        self.begin()
        found: dict[str, float | int] = {}
        elapsed = self._time - was
        if was and elapsed > 0:
            found["cpu"] = round(100 * max(0.0, self._cpu - cpu) / elapsed, 1)
            if machine is not None and self._machine is not None and self._machine[1] > machine[1]:
                share = (self._machine[0] - machine[0]) / (self._machine[1] - machine[1])
                found["machine/cpu"] = round(100 * min(1.0, max(0.0, share)), 1)
        for name, value in (("memory", memory.resident()), ("machine/memory", memory.used_on_machine())):
            if value is not None:
                found[name] = value
        driver = cards.known()
        for index, card in enumerate(driver.loads() if driver is not None else ()):
            if card.use is not None:
                found[f"gpu:{index}/use"] = card.use
            if card.memory is not None:
                found[f"gpu:{index}/memory"] = card.memory
        return found


def _machine_time() -> tuple[float, float] | None:
    """How long the machine's cores were busy, and how long they were there, since some moment."""
    if _LINUX:
        try:
            with open("/proc/stat", "rb") as file:
                words = file.readline().split()
            # user, nice, system, idle, iowait, irq, softirq, steal; guests are in the first two.
            times = [int(word) for word in words[1:9]]
        except (OSError, ValueError):
            return None
        return (float(sum(times) - times[3] - times[4]), float(sum(times))) if len(times) > 4 else None
    psutil = sys.modules.get("psutil")
    if psutil is None:
        return None
    known = psutil.cpu_times()
    return float(sum(known) - known.idle), float(sum(known))
