"""Watches what each execution uses, and what the machine does meanwhile."""

from __future__ import annotations

import threading
import time
from typing import Any

from ...runlog import layout
from ..cellcode import CellCode
from ..executions import Execution
from ..launched import Launched
from ..outcome import Outcome
from ..recorder import Recorder
from ..run import Run
from ..series import Points
from . import threads
from .load import Load
from .usage import Meter, Reading

_EVERY = 30.0
_LONG = 1.0
_MOST_WAITING = 100


class Monitor:
    """An observer. Its thread sleeps through the time between two samples, and is gone when no cell runs."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        del shell
        self._recorder = recorder
        self._meters: dict[int, Meter] = {}
        self._threads: dict[str, int] = {}
        self._ended: Reading | None = None
        """The counters at the end of the cell that ends."""
        self._load = Load()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._stopped = threading.Event()
        self._began = 0
        self._sampled = 0.0
        self._run: Run | None = None
        self._points: Points | None = None
        self._waiting: list[tuple[dict[str, float | int], float, int | None]] = []

    def start(self) -> None:
        """Makes what the first process of a job writes through, when a cell launches some."""
        self._recorder.launched = Launched(self._recorder)

    def stop(self) -> None:
        """Ends the thread, after a last sample."""
        self._stopped.set()
        if self._began and self._every():
            self._sample()
        with self._lock:
            if self._points is not None:
                self._points.close()

    def before(self, execution: Execution, code: CellCode) -> None:
        """Begins to measure."""
        del code
        self._began += 1
        self._ended = None
        usage = self._recorder.usage
        alone = len(self._recorder.executions.going_on) <= 1
        meter = usage.begin(self._recorder.stack if alone else [])
        # Two that run beside each other share the process, whose counters do not tell them apart.
        if execution.parent is None and not alone:
            self._meters.clear()
        else:
            self._meters[execution.n] = meter
            execution.usage = lambda: self._used(execution)
        every = self._every()
        if every and self._worker is None and not self._stopped.is_set():
            self._load.begin()
            self._worker = threading.Thread(target=self._watch, name="backtrail-system", daemon=True)
            self._worker.start()

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """Adds what was used to the runs, and samples after what took a while."""
        del code, ended
        self._meters.pop(execution.n, None)
        recorder = self._recorder
        if recorder.launched is not None:
            recorder.launched.collect(execution)
        if all(one is execution for one in recorder.executions.going_on):
            recorder.usage.pause(recorder.stack, self._ended or recorder.usage.read())
        found = threads.torch_counts()
        if found != self._threads:
            self._threads = found
            recorder.surroundings.note_threads()
        run = recorder.stack[-1] if recorder.stack else None
        every = self._every()
        late = time.monotonic() - self._sampled >= every
        if every and (run is not self._run or late or execution.elapsed() >= _LONG or self._waits(run)):
            recorder.session.background.do("system", self._sample)

    def _waits(self, run: Run | None) -> bool:
        return bool(self._waiting) and run is not None and run.recorded

    def _used(self, execution: Execution) -> dict[str, Any]:
        meter = self._meters.get(execution.n)
        if meter is None:
            return {}
        usage = self._recorder.usage
        usage.gpu.advance()
        self._ended = now = usage.read()
        meter.count(now, True)
        return meter.fields()

    def _every(self) -> float:
        """Seconds between two samples; 0: none are wanted."""
        return self._recorder.options.number("system_metrics_every", _EVERY)

    def _watch(self) -> None:
        began = self._began
        while not self._stopped.wait(max(1.0, self._every() or _EVERY)):
            if not self._recorder.executions.going_on and began == self._began:
                break
            began = self._began
            try:
                if self._every() and self._recorder.executions.going_on:
                    self._sample()
            except Exception:
                break
        self._worker = None

    def _sample(self) -> None:
        with self._lock:
            recorder = self._recorder
            recorder.usage.gpu.advance()
            run = recorder.stack[-1] if recorder.stack else self._run
            values = self._load.measure()
            self._sampled = time.monotonic()
            if run is not self._run:
                self._change(run)
            self._waiting.append((values, time.time(), recorder.current_cell() or recorder.executions.last_n))
            del self._waiting[:-_MOST_WAITING]
            # A run that has recorded nothing has no folder, and one that was deleted gets none again.
            if run is not None and run.recorded and run.folder.is_dir():
                self._write(run)

    def _change(self, run: Run | None) -> None:
        if self._points is not None:
            self._points.close()
        self._points, self._run = None, run
        self._waiting.clear()

    def _write(self, run: Run) -> None:
        path = layout.system_path(run.notebook_folder, run.id)
        if self._points is None or self._points.path != path:
            self._points = Points(path, self._recorder.session.warn)
        waiting, self._waiting = self._waiting, []
        self._points.check()
        for values, moment, cell in waiting:
            self._points.record(values, None, moment, cell)
