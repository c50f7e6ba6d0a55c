"""Reads files away from the cells: one thread, that is there only while there is something to read."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from typing import Protocol

# As long as the kernel takes to answer the cell, so that the two do not share the machine.
_DELAY = 0.05
_IDLE = 30.0

NO_TIME = "the kernel ended before its content was read"


class Job(Protocol):
    """Something to be read and written down."""

    def run(self) -> None:
        """Does it."""

    def give_up(self, why: str) -> None:
        """Says that it could not be done."""


class Worker:
    """Does jobs one after another. Apart from the other work in the background: a file may take minutes."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._until: float | None = None
        self._present: Job | None = None

    def do(self, job: Job) -> None:
        """Does ``job`` soon. Never raises."""
        with self._changed:
            self._jobs.append(job)
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="backtrail files", daemon=True)
                try:
                    thread.start()
                except RuntimeError:
                    return
                self._thread = thread
            else:
                self._changed.notify()

    def late(self) -> bool:
        """Whether the time is over in which jobs may be finished."""
        return self._until is not None and time.monotonic() > self._until

    def finish(self, seconds: float) -> None:
        """Waits at most so long for what is left, and has the rest given up."""
        with self._changed:
            self._until = time.monotonic() + seconds
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            # A moment more than a job is told: it is to end by itself, and to say why.
            thread.join(seconds + 0.2)
        with self._changed:
            left = [*([self._present] if self._present else []), *self._jobs]
            self._jobs.clear()
        for job in left:
            _quietly(job, give_up=thread is not None)

    def _work(self) -> None:
        _step_back()
        while True:
            with self._changed:
                if not self._jobs and self._until is None:
                    self._changed.wait(_IDLE)
                if self._jobs and self._until is None:
                    self._changed.wait_for(lambda: self._until is not None, _DELAY)
                if not self._jobs:
                    self._thread = None
                    return
                job = self._present = self._jobs.popleft()
            _quietly(job, give_up=self.late())
            self._present = None


def _quietly(job: Job, give_up: bool) -> None:
    why = NO_TIME
    try:
        if not give_up:
            job.run()
            return
    except BaseException as error:
        why = f"it could not be read, because of a {type(error).__name__} in Backtrail"
    try:
        job.give_up(why)
    except BaseException:
        pass


def _step_back() -> None:
    """Lets everything else on the machine go first, where a thread can be told apart from its process."""
    if sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        except OSError:
            pass
