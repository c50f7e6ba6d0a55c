"""Metrics of the first process of a job that was forked from the kernel, as ``notebook_launcher`` does.

The kernel waits for it meanwhile: its points belong to the run that is open. They go into the same file, by a
descriptor of its own; the kernel reads them when its cell ends.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Mapping

from .executions import Execution
from .recorder import Recorder
from .run import Run
from .series import Points

_RANKS = ("RANK", "LOCAL_RANK", "JAX_PROCESS_ID")
_SIZES = ("WORLD_SIZE", "JAX_NUM_PROCESSES")


class Launched:
    """Made in the kernel; the page of memory that it shares with its children says that one wrote points."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._wrote = mmap.mmap(-1, 1)
        self._points: Points | None = None
        self._run: Run | None = None

    def open(self) -> bool:
        """In a child: whether it may log metrics, as the first of several processes."""
        if not _is_first():
            return False
        if self._points is None:
            # Nothing of the kernel's is used that a lock guards: it may have been held at the fork.
            stack = self._recorder.stack
            if not stack:
                return False
            self._run = stack[-1]
            try:
                self._run.folder.mkdir(parents=True, exist_ok=True)
            except OSError:
                return False
            self._points = Points(self._run.points.path, lambda sentence: None)
        return True

    def record(self, metrics: Mapping[str, float | int], step: float | None, seconds: float | None) -> None:
        """In that child: writes points, by the cell that the kernel waits in."""
        if self._points is not None:
            self._wrote[0] = 1
            self._points.record(metrics, step, seconds, self._recorder.executions.last_n or None)

    def collect(self, execution: Execution) -> None:
        """In the kernel, when an execution ends: takes in what was written meanwhile."""
        if self._wrote[0]:
            self._wrote[0] = 0
            for run in self._recorder.stack:
                self._recorder.reread(run, execution.mark)


def _is_first() -> bool:
    ranks = [os.environ.get(name, "").strip() for name in _RANKS]
    many = any(size.isdigit() and int(size) > 1 for size in (os.environ.get(name, "") for name in _SIZES))
    return many and "0" in ranks and not any(rank.isdigit() and int(rank) > 0 for rank in ranks)
