"""Which executions are going on: they nest, and in subshells they run beside each other."""

from __future__ import annotations

import threading
import time
from typing import Callable

from ..runlog import times
from .run import Mark
from .session import Event


class Execution:
    """One execution of one cell. ``mark`` is the same for each of a cell, None inside another execution."""

    __slots__ = (
        "_duration",
        "_start",
        "_used",
        "begun",
        "cell",
        "ended",
        "mark",
        "n",
        "parent",
        "request",
        "tags",
        "thread",
        "usage",
    )

    def __init__(self, n: int, cell: str | None, mark: Mark, parent: int | None) -> None:
        self.n = n
        self.thread = threading.get_ident()
        self.begun: Event = {}
        """Its ``cell_start`` event, once written."""
        self.usage: Callable[[], Event] | None = None
        """Tells what it has used so far, as fields of its ``cell_end``."""
        self.cell = cell
        self.mark = mark
        self.parent = parent
        self.request = ""
        """The identifier of the request that it answers, empty where there is none."""
        self.tags: list[str] = []
        """The tags of its cell, where the one who asks for it says so."""
        self.ended = ""
        """When it ended, as the log writes it; empty while it goes on."""
        self._duration = 0.0
        self._used: Event = {}
        self._start = time.perf_counter()

    def end(self) -> None:
        """It has ended just now, whenever what it did is looked at."""
        if not self.ended:
            self._duration = self.elapsed()
            self._used = self.used()
            self.ended = times.now()

    def used(self) -> Event:
        """What it has used so far; nothing where that is not known. Never raises."""
        if self.ended:
            return self._used
        try:
            return self.usage() if self.usage is not None else {}
        except Exception:
            return {}

    def elapsed(self) -> float:
        """Seconds from the beginning to the end or until now, to the microsecond."""
        return self._duration if self.ended else round(time.perf_counter() - self._start, 6)


class Executions:
    """The executions that have begun and not ended, and the last of all."""

    def __init__(self) -> None:
        self.going_on: list[Execution] = []
        self.last_n = 0
        self.last_top = 0
        """The last one that was not inside another."""

    def begin(self, execution: Execution) -> None:
        """Takes in an execution that begins."""
        self.last_n = execution.n
        if execution.parent is None:
            self.last_top = execution.n
        self.going_on.append(execution)

    def end(self, execution: Execution) -> None:
        """Lets go of an execution that ended."""
        if execution in self.going_on:
            self.going_on.remove(execution)

    def current(self) -> Execution | None:
        """The innermost execution on this thread; for a thread of the user's own, the latest of all."""
        if not self.going_on:
            return None
        thread = threading.get_ident()
        mine = [one for one in self.going_on if one.thread == thread]
        return (mine or self.going_on)[-1]

    def current_and_mark(self) -> tuple[int | None, Mark]:
        """The number of the current execution, and the mark of the cell it belongs to."""
        execution = self.current()
        if execution is None:
            return None, None
        marks = (one.mark for one in self.going_on if one.thread == execution.thread)
        return execution.n, next(marks, None)

    def first_of_span(self) -> int:
        """The execution a run that opens now begins with: the one that is going on, or else the next."""
        execution = self.current()
        if execution is not None:
            return execution.n
        return self.last_n + 1 if self.last_n else 0

    def on_one_thread(self) -> bool:
        """Whether it is clear, for a point that is logged now, which execution it belongs to."""
        return len({one.thread for one in self.going_on}) <= 1
