"""Sessions and runs: when a run begins, what is written to it, and how it ends."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..runlog import ids, layout, times
from . import series
from .run import Mark, Run
from .session import Event, Session
from .surroundings import Surroundings

if TYPE_CHECKING:
    from .summaries import Summaries

_UNCHANGED: Any = object()


class Execution:
    """One execution of one cell. ``mark`` is the same for each of a cell, None inside another execution."""

    __slots__ = ("_start", "begun", "cell", "mark", "n", "parent", "thread")

    def __init__(self, n: int, cell: str | None, mark: Mark, parent: int | None) -> None:
        self.n = n
        self.thread = threading.get_ident()
        self.begun: Event = {}
        """Its ``cell_start`` event, once written."""
        self.cell = cell
        self.mark = mark
        self.parent = parent
        self._start = time.perf_counter()

    def elapsed(self) -> float:
        """Seconds since the beginning, to the microsecond."""
        return round(time.perf_counter() - self._start, 6)


class Recorder:
    """Keeps one session: hears of executions from `cells`, of everything else from the calls of the user."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.session.reopening = self._reopening
        self.stack: list[Run] = []
        """The open runs: the outermost first, nested ones after it."""
        self.past: dict[str, Run] = {}
        self.last_n = 0
        self.open_executions: list[Execution] = []
        self.experiment: str | None = None
        self.lock = threading.RLock()
        self._number = _highest_number(session.folder)
        self._opened_any = False
        self._renewed = 0
        self._retired: list[Run] = []
        self._touched: dict[str, Run] = {}
        self._summaries: Summaries | None = None
        self._surroundings = Surroundings(session)

    # Executions

    def cell_started(self, execution: Execution) -> None:
        """An execution begins, before any of its code runs."""
        with self.lock:
            series.halt()
            self.check_files()
            if execution.parent is None and not self.open_executions:
                self._begin_run_for(execution)
            self.last_n = execution.n
            self.open_executions.append(execution)

    def cell_ended(self, execution: Execution, status: str) -> None:
        """An execution ended."""
        with self.lock:
            series.halt()
            if execution in self.open_executions:
                self.open_executions.remove(execution)
            if execution.parent is None:
                for run in self.stack:
                    run.last_outcome = status
            self._surroundings.note_imports(execution.n)
            self._after_cell(status)

    def current_cell(self) -> int | None:
        """The execution that is going on, the innermost or latest of several, or None."""
        execution = self._execution()
        return execution.n if execution else None

    def from_top(self) -> None:
        """All cells are being run: the execution before this moment was the first of them."""
        with self.lock:
            run = self.stack[0] if self.stack else None
            if run is None or not run.recorded or self.last_n in (0, run.cell):
                return
            moved = [key for key, n in run.params_by_cell.items() if n == self.last_n]
            params = {key: run.params[key] for key in moved}
            self.end_all(None, self.last_n)
            self._open("run from the top", self.last_n)
            for key, value in params.items():
                self.param(key, value, self.last_n)

    # Runs

    def start_run(self, name: str | None, experiment: str | None, parent: Run | None = None) -> Run:
        """Opens a run by hand; one that is open and has recorded nothing becomes that run."""
        with self.lock:
            top = self.stack[-1] if self.stack else None
            if parent is None and top is not None and not top.recorded and not top.explicit:
                self._adopt(top, name, experiment)
                return top
            if parent is None:
                self.end_all(None)
            run = self._open("start_run", self._cell_for_span(), name, experiment, parent)
            run.explicit = True
            return run

    def resume(self, run: Run) -> None:
        """Makes a run of this session that had ended the open one again."""
        with self.lock:
            series.halt()
            if run not in self.stack:
                self.end_all(None)
                run.status, run.explicit, run.ended = "running", True, None
                self.stack.append(run)

    def end_run(self, run: Run, status: str | None, cell: int | None = _UNCHANGED) -> None:
        """Ends ``run`` and the runs nested in it. Without a status it is that of its last execution."""
        with self.lock:
            if run not in self.stack:
                return
            series.halt()
            while True:
                ending = self.stack.pop()
                own = status if ending is run else None
                ending.status = own or ending.last_outcome
                ending.ended = time.time()
                last = (self.current_cell() or self.last_n) if cell is _UNCHANGED else cell
                self.session.write("run_end", run=ending.id, status=ending.status, cell=last)
                self._retire(ending)
                if ending is run:
                    return

    def end_all(self, status: str | None, cell: int | None = _UNCHANGED) -> None:
        """Ends every open run."""
        if self.stack:
            self.end_run(self.stack[0], status, cell)

    def open_run(self) -> Run:
        """The run that is written to now; one is opened when there is none."""
        with self.lock:
            if self.stack:
                return self.stack[-1]
            opened = "after end" if self._opened_any else "first cell"
            return self._open(opened, self._cell_for_span())

    def known_run(self, run_id: str) -> Run | None:
        """A run of this session."""
        for run in self.stack:
            if run.id == run_id:
                return run
        return self.past.get(run_id)

    # What is recorded in a run

    def metrics(
        self, values: Mapping[str, float | int], step: Any, seconds: float | None, run: Run | None = None
    ) -> None:
        """Writes points of metrics, and lets the next ones go the fast way."""
        with self.lock:
            target = run or self.open_run()
            self._first_record(target)
            cell, mark = self._cell_and_mark()
            if mark is not None:
                target.metric_marks.add(mark)
            target.points.record(values, step, seconds, cell)
            self._touched[target.id] = target
            # With executions on several threads the fast way could not tell whose point it is.
            if (
                len({one.thread for one in self.open_executions}) <= 1
                and self.stack
                and self.stack[-1] is target
            ):
                target.points.open_fast(values.keys(), cell)

    def param(self, key: str, value: Any, cell: int | None = _UNCHANGED, run: Run | None = None) -> None:
        """Writes a param."""
        with self.lock:
            target = run or self.open_run()
            if cell is _UNCHANGED:
                cell, mark = self._cell_and_mark()
                if mark is not None:
                    target.param_marks.add(mark)
            self.record(target, "param", key=key, value=value, cell=cell, origin="logged")
            target.params[key] = value
            target.params_by_cell[key] = cell

    def tag(self, key: str, value: Any, run: Run | None = None) -> None:
        """Writes a tag; None removes it."""
        with self.lock:
            target = run or self.open_run()
            self.record(target, "tag", key=key, value=value)
            target.tags[key] = value
            if value is None:
                del target.tags[key]

    def rename(self, name: str) -> None:
        """Gives the open run another name."""
        with self.lock:
            run = self.open_run()
            self.record(run, "rename", name=name)
            run.name = name

    def set_experiment(self, name: str) -> None:
        """Runs belong to this experiment from now on, and the open one does if it has recorded nothing."""
        with self.lock:
            self.experiment = name
            run = self.stack[-1] if self.stack else None
            if run is not None and not run.recorded and run.experiment != name:
                self.session.write("experiment", run=run.id, name=name)
                run.experiment = name

    def record(self, run: Run, event: str, **fields: Any) -> None:
        """Writes an event of a run, whose folder is made with the first one."""
        with self.lock:
            self._first_record(run)
            self.session.write(event, run=run.id, **fields)
            self._touched[run.id] = run

    # The end

    def end(self, reason: str, status: str | None = None) -> None:
        """Ends the open runs and the session. Never raises."""
        with self.lock:
            self.end_all(status)
            self.session.background.do("summaries", self._summarize)
        # Without the lock, which the work in the background needs.
        self.session.background.finish(2.0)
        for run in self._retired:
            if run.points.log is not None:
                run.points.log.sync()
                run.points.log.close()
        self.session.close(reason)

    # Inner workings

    def _begin_run_for(self, execution: Execution) -> None:
        if not self.stack:
            self._open("after end" if self._opened_any else "first cell", execution.n)
        elif any(run.begins_again(execution.mark) for run in self.stack):
            self.end_all(None, self.last_n)
            self._open("cell run again", execution.n)

    def _open(
        self,
        opened: str,
        cell: int,
        name: str | None = None,
        experiment: str | None = None,
        parent: Run | None = None,
    ) -> Run:
        series.halt()
        self._number += 1
        run = Run(
            ids.new_id(),
            self._number,
            name or f"{self.session.place.name} {self._number}",
            experiment or self.experiment or self.session.place.name,
            cell,
            parent.id if parent else None,
            self.session.folder,
            self.session.warn,
        )
        self._opened_any = True
        self.stack.append(run)
        self.session.write(**self._run_start(run, opened))
        self._surroundings.note_code(run)
        return run

    def _run_start(self, run: Run, opened: str) -> Event:
        return {
            "event": "run_start",
            "run": run.id,
            "number": run.number,
            "name": run.name,
            "experiment": run.experiment,
            "cell": run.cell,
            "opened": opened,
            "parent": run.parent,
            "user": self.session.user,
        }

    def _adopt(self, run: Run, name: str | None, experiment: str | None) -> None:
        run.explicit = True
        wanted = experiment or self.experiment
        changed = {
            **({"name": name} if name else {}),
            **({"experiment": wanted} if wanted and wanted != run.experiment else {}),
        }
        run.name, run.experiment = name or run.name, wanted or run.experiment
        self.session.write("run_adopt", run=run.id, **changed)
        self._surroundings.note_code(run)

    def _cell_for_span(self) -> int:
        """The execution a run that opens now begins with: the one that is going on, or else the next."""
        current = self.current_cell()
        if current is not None:
            return current
        return self.last_n + 1 if self.last_n else 0

    def _cell_and_mark(self) -> tuple[int | None, Mark]:
        execution = self._execution()
        if execution is None:
            return None, None
        marks = (one.mark for one in self.open_executions if one.thread == execution.thread)
        return execution.n, next(marks, None)

    def _execution(self) -> Execution | None:
        """The innermost execution on this thread; for a thread of the user's own, the latest of all."""
        if not self.open_executions:
            return None
        thread = threading.get_ident()
        mine = [one for one in self.open_executions if one.thread == thread]
        return (mine or self.open_executions)[-1]

    def _first_record(self, run: Run) -> None:
        if not run.recorded:
            run.recorded = True
            try:
                run.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                self.session.warn(f"The folder of run {run.name} could not be made: {error.strerror}.")
            # At once, so that a kernel that is killed soon leaves a summary with the run's number.
            self._touched[run.id] = run
            self.session.background.do("summaries", self._summarize)

    def _retire(self, run: Run) -> None:
        """Keeps the file of an ended run open for a while: another thread may be in the middle of a point."""
        self.past[run.id] = run
        self._touched[run.id] = run
        self._retired.append(run)
        self.session.background.do("summaries", self._summarize)
        while len(self._retired) > 16:
            old = self._retired.pop(0)
            if old.points.log is not None and old not in self.stack:
                old.points.log.sync()
                old.points.log.close()
                old.points.log = None

    def check_files(self) -> None:
        """Makes sure, once before and once after an execution, that the files are still there and ours."""
        if self.session.check():
            for run in [*self.stack, *self._retired]:
                run.move(self.session.folder)
        if self.session.log.renewed > self._renewed:
            self._renewed = self.session.log.renewed
            self._summaries = None
        for run in self.stack:
            if run.points.check():
                self.session.background.do(f"reread {run.id}", run.points.reread)

    def _after_cell(self, status: str) -> None:
        for run in self.stack:
            if status == "interrupted":
                self.session.background.do(f"reread {run.id}", run.points.reread)
            self._touched[run.id] = run
        self.session.background.do("cell", self._settle)

    def _summarize(self) -> None:
        # Here and not above, so that to attach does not take the time of this import.
        from .summaries import Summaries  # noqa: PLC0415

        with self.lock:
            touched, self._touched = self._touched, {}
            self._summaries = summaries = self._summaries or Summaries(self.session)
        summaries.write(touched.values())

    def _settle(self) -> None:
        self._summarize()
        self.session.log.sync()
        for run in [*self.stack, *self._retired]:
            if run.points.log is not None:
                run.points.log.sync()

    def _reopening(self) -> list[Event]:
        """What a log that is begun anew has to say of the runs that are open."""
        events: list[Event] = []
        for run in self.stack:
            events.append({"time": times.now(), **self._run_start(run, "after end")})
            for key, value in run.params.items():
                cell = run.params_by_cell.get(key)
                events.append(
                    {
                        "event": "param",
                        "time": times.now(),
                        "run": run.id,
                        "key": key,
                        "value": value,
                        "cell": cell,
                        "origin": "logged",
                    }
                )
            events += [
                {"event": "tag", "time": times.now(), "run": run.id, "key": key, "value": value}
                for key, value in run.tags.items()
            ]
        events += [execution.begun for execution in self.open_executions if execution.begun]
        return events


def _highest_number(folder: Path) -> int:
    """The number of the latest run of the notebook. Ids sort by time, so the last few folders tell."""
    try:
        names = sorted((name for name in os.listdir(folder) if ids.is_id(name)), reverse=True)
    except OSError:
        return 0
    highest = 0
    for name in names[:8]:
        try:
            number = json.loads(layout.summary_path(folder, name).read_bytes()).get("number")
            highest = max(highest, number if isinstance(number, int) else 0)
        except (OSError, ValueError, AttributeError):
            continue
    return highest
