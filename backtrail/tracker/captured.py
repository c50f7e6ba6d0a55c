"""Metrics that a notebook makes known without logging them: printed, kept in variables, shown as results."""

from __future__ import annotations

import time
from typing import Any

from .cellcode import CellCode
from .executions import Execution
from .names.variables import Variables
from .outcome import Outcome
from .outputs import Outputs
from .printed.printing import Printing
from .printed.results import results
from .recorder import Recorder
from .sightings import Moment
from .watch import Watch

# What a cell waits for at its end; the rest of what it printed is read afterwards.
_WAIT = 0.005
_TURN = 0.2


class Captured:
    """Puts together what hears of them. The arbiter, `Sightings`, then tells what is written."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._recorder = recorder
        self._outputs = Outputs(shell, recorder)
        self._printing = Printing(recorder, self._outputs.printed)
        self._variables = Variables(shell.user_ns, recorder)
        self._watch = Watch(self._look, lambda: bool(recorder.executions.going_on))
        self._at: Moment | None = None
        self._last = ""

    def start(self) -> None:
        """Begins to listen."""
        self._variables.start()
        self._printing.start()
        self._outputs.start()

    def stop(self) -> None:
        """Reads what is left, and takes everything out."""
        self._watch.end()
        self._outputs.stop()
        with self._recorder.lock:
            self._printing.stop()
            self._recorder.sightings.settle()

    def before(self, execution: Execution, code: CellCode) -> None:
        """An execution is about to begin."""
        request = execution.request
        self._mark(request)
        if execution.parent is None:
            self._outputs.begin()
            # What the one before printed may not be read yet, and in a replay nothing else tells whose it is.
            self._printing.then(lambda: self._outputs.open(request))
        code.prepare()
        self._printing.begin(code)
        self._variables.before(code)
        self._watch.begin()

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """An execution has ended."""
        request = execution.request
        with self._recorder.lock:
            at = self._mark(request)
            if execution.parent is None:
                shown = self._outputs.shown()
                self._printing.then(lambda: self._outputs.finish(execution.n, request, shown))
            done = self._printing.read(_WAIT)
            if not done:
                self._recorder.session.background.do("printed", self._rest)
            if at is not None:
                self._ended(at, code, ended)
            # What is yet to be read may have names for what a library told.
            self._recorder.sightings.settle(done, behind=not done)

    def _ended(self, at: Moment, code: CellCode, ended: Outcome) -> None:
        self._variables.look(at, ended.status == "finished")
        if ended.status == "finished":
            self._variables.bound(at, code)
        if ended.value is not None and code.trees and not self._variables.has(ended.value):
            for values, origin, exact in results(code.trees[0], ended.value):
                self._recorder.captured_metrics(values, None, origin, exact, at)

    def _mark(self, request: str | None = None) -> Moment | None:
        """Notes the run and the execution that what comes next belongs to. No run is opened for it."""
        recorder = self._recorder
        with recorder.lock:
            if not recorder.stack:
                return self._at
            at = Moment(recorder.stack[-1], *recorder.executions.current_and_mark())
            request = request if request is not None else self._last
            if at != self._at or request != self._last:
                self._at, self._last = at, request
                self._printing.belongs(request, at)
            return self._at

    def _look(self) -> None:
        """While a cell runs: lists first, which hold exactly what is printed rounded."""
        with self._recorder.lock:
            if not self._recorder.executions.going_on:
                return
            at = self._mark()
            if at is not None:
                self._variables.look(at)
            done = self._printing.read_a_little()
            self._recorder.sightings.settle(everything=False, behind=not done)

    def _rest(self) -> None:
        """What a cell printed at length, once it is over. The next cell does not wait for it."""
        until = time.monotonic() + _TURN
        while time.monotonic() < until:
            with self._recorder.lock:
                if self._recorder.executions.going_on:
                    # The watch goes on with it, and the end of that cell.
                    return
                done = self._printing.read(_WAIT)
                self._recorder.sightings.settle(done, behind=not done)
            if done:
                return
        self._recorder.session.background.do("printed", self._rest)
