"""What cells and runs used: time of processors and graphics cards, and memory."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

from ..run import Run
from . import memory
from .cputime import cpu_seconds
from .gputime import GpuTime

Write = Callable[[Run, "dict[str, Any]"], None]

# Written again, while a run goes on, when it used this much more: for a kernel that is killed.
_MORE = 1.1
_LEAST = 1.0


class Reading(NamedTuple):
    """The counters at a moment: seconds, seconds, bytes."""

    cpu: float
    gpu: float | None
    highest: int | None


class Meter:
    """What is used from one moment on, with pauses."""

    __slots__ = ("_counting", "_from", "cpu", "gpu", "peak", "told")

    def __init__(self, now: Reading) -> None:
        self.cpu = 0.0
        self.gpu: float | None = None
        self.peak: int | None = None
        self.told = 0.0
        """The seconds of `cpu` that were written last."""
        self._counting = True
        self._from = now

    def count(self, now: Reading, going_on: bool) -> None:
        """Counts up to now, and from now on if work is ``going_on``."""
        if self._counting:
            self.cpu += max(0.0, now.cpu - self._from.cpu)
            if now.gpu is not None:
                self.gpu = (self.gpu or 0.0) + max(0.0, now.gpu - (self._from.gpu or 0.0))
        if now.highest is not None and now.highest > (self._from.highest or 0):
            # The system keeps one mark, which only rises: where it did not, nothing is known but a limit.
            self.peak = now.highest
        self._from, self._counting = now, going_on

    def fields(self) -> dict[str, Any]:
        """The fields of an event: those that are known."""
        found: dict[str, Any] = {"cpu_seconds": round(self.cpu, 6)}
        if self.gpu is not None:
            found["gpu_seconds"] = round(self.gpu, 3)
        if self.peak is not None:
            found["peak_memory"] = self.peak
        return found


class Usage:
    """The meters of the open runs and of the cells that go on. Nothing here raises.

    ``write`` writes the ``usage`` event of a run.
    """

    def __init__(self, write: Write) -> None:
        self.gpu = GpuTime()
        self._write = write
        self._runs: dict[str, Meter] = {}

    def opened(self, run: Run) -> None:
        """A run begins, or goes on."""
        try:
            meter = self._runs.setdefault(run.id, Meter(self.read()))
            meter.count(self.read(), True)
        except Exception:
            pass

    def closed(self, run: Run) -> None:
        """A run ends."""
        try:
            meter = self._runs.get(run.id)
            if meter is not None:
                self.gpu.advance()
                meter.count(self.read(), False)
                self._tell(run, meter)
        except Exception:
            pass

    def begin(self, runs: list[Run]) -> Meter:
        """A cell begins, which is outermost, in these runs."""
        self.gpu.begin()
        now = self.read()
        for run in runs:
            if run.id in self._runs:
                self._runs[run.id].count(now, True)
        return Meter(now)

    def pause(self, runs: list[Run], now: Reading) -> None:
        """No cell runs any more; ``now`` are the counters."""
        self.gpu.pause()
        for run in runs:
            meter = self._runs.get(run.id)
            if meter is not None:
                meter.count(now, False)
                if meter.cpu >= max(_LEAST, meter.told * _MORE):
                    self._tell(run, meter)

    def read(self) -> Reading:
        """The counters now; some microseconds."""
        return Reading(cpu_seconds(), self.gpu.seconds, memory.highest())

    def _tell(self, run: Run, meter: Meter) -> None:
        if meter.cpu > meter.told or not meter.told:
            meter.told = meter.cpu
            self._write(run, meter.fields())
