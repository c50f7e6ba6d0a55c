"""Work that must not delay a cell: one thread that is there only while there is something to do."""

from __future__ import annotations

import threading
import time
from typing import Callable

Job = Callable[[], None]

# Long enough for the kernel to answer the cell that asked for the work, so that the two do not share the GIL.
_DELAY = 0.05
_IDLE = 60.0
# What can wait is done between the cells, unless one takes longer than this; how often that is asked.
_PATIENCE = 8.0
_GLANCE = 0.1


def _never() -> bool:
    return False


class Background:
    """Does jobs one after another, later. A job of the same name that has not begun is replaced.

    Without ``threaded`` the jobs wait until `finish`: a script that forks should not find a thread it did not
    start.
    """

    def __init__(self, threaded: bool) -> None:
        self.threaded = threaded
        self.busy: Callable[[], bool] = _never
        """Whether a cell is running."""
        self._jobs: dict[str, Job] = {}
        self._patient: dict[str, float] = {}
        """Those of the jobs that can wait, with the time until which they do."""
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._idle = False
        self._finishing = False

    def do(self, name: str, job: Job, patient: bool = False) -> None:
        """Does ``job`` soon. Never raises; whatever the job raises is its own affair.

        ``patient``: it takes the processor for long, and rather waits some seconds than slow down a cell.
        """
        with self._changed:
            # Last in the queue again: what was asked for before it is done before it.
            self._jobs.pop(name, None)
            self._jobs[name] = job
            if patient:
                self._patient[name] = time.monotonic() + _PATIENCE
            if not self.threaded:
                return
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="backtrail", daemon=True)
                try:
                    thread.start()
                except RuntimeError:
                    return
                self._thread = thread
            elif self._idle:
                # To wake a thread costs the cell more than everything else here, so only a sleeping one is.
                self._idle = False
                self._changed.notify()

    def soon(self, name: str, job: Job, patient: bool = False) -> None:
        """Does ``job`` in the background, or at once where there is none. Never raises."""
        if self.threaded:
            self.do(name, job, patient)
        else:
            _quietly(job)

    def finish(self, seconds: float) -> dict[str, Job]:
        """Does here what is left, after the job that is going on; begins none after ``seconds``.

        Returns the jobs that there was no time for, by name.
        """
        until = time.monotonic() + seconds
        with self._changed:
            self._finishing = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(seconds)
        while time.monotonic() < until:
            with self._changed:
                job = self._next(True)
            if job is None:
                return {}
            _quietly(job)
        with self._changed:
            return dict(self._jobs)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._jobs and not self._finishing:
                    self._idle = True
                    self._changed.wait(_IDLE)
                    self._idle = False
                if self._jobs and not self._finishing:
                    self._changed.wait_for(lambda: self._finishing, _DELAY)
                job = self._next(self._finishing)
                while job is None and self._jobs:
                    self._changed.wait_for(lambda: self._finishing, _GLANCE)
                    job = self._next(self._finishing)
                if job is None:
                    self._thread = None
                    return
            _quietly(job)

    def _next(self, at_once: bool) -> Job | None:
        """The next job that is due; ``at_once``: each is."""
        waits = self._patient and not at_once and self.busy()
        for name in self._jobs:
            if not waits or self._patient.get(name, 0.0) <= time.monotonic():
                self._patient.pop(name, None)
                return self._jobs.pop(name)
        return None


def _quietly(job: Job) -> None:
    try:
        job()
    except BaseException:
        pass
