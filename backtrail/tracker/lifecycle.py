"""When runs begin and end."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from ..runlog import ids, layout
from . import series
from .executions import Execution, Executions
from .run import Run
from .session import Event, Session
from .surroundings import Surroundings
from .system.usage import Usage
from .upkeep import Upkeep

UNCHANGED: Any = object()

# Ended runs whose file is kept open.
_MOST_RETIRED = 16


class Lifecycle:
    """The runs of one session: those that are open, and those that were."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.executions = Executions()
        session.background.busy = lambda: bool(self.executions.going_on)
        self.stack: list[Run] = []
        """The open runs: the outermost first, nested ones after it."""
        self.past: dict[str, Run] = {}
        self.experiment: str | None = None
        self.origin: str | None = None
        """The run that this session repeats, which is the parent of its runs."""
        self.lock = threading.RLock()
        self.surroundings = Surroundings(session)
        self.usage = Usage(self._write_usage)
        self.retired: list[Run] = []
        """Ended runs whose file is still open."""
        self.upkeep = Upkeep(session, self.lock, self.stack, self.retired)
        self._number = _highest_number(session.folder)
        self._opened_any = False

    def start_run(self, name: str | None, experiment: str | None, parent: Run | None = None) -> Run:
        """Opens a run by hand; one that is open and to which nothing was logged becomes that run."""
        with self.lock:
            top = self.stack[-1] if self.stack else None
            if parent is None and top is not None and not top.taken and not top.explicit:
                self._adopt(top, name, experiment)
                return top
            if parent is None:
                self.end_all(None)
            run = self.open_new("start_run", self.executions.first_of_span(), name, experiment, parent)
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
                self.usage.opened(run)

    def end_run(
        self, run: Run, status: str | None, cell: int | None = UNCHANGED, handed_over: int | None = None
    ) -> None:
        """Ends ``run`` and the runs nested in it. Without a status it is that of its last execution.

        What it was told of the execution ``handed_over``, and of later ones, is the next run's.
        """
        given = {} if handed_over is None else {"handed_over": handed_over}
        with self.lock:
            if run not in self.stack:
                return
            series.halt()
            while True:
                ending = self.stack.pop()
                own = status if ending is run else None
                ending.status = own or ending.last_outcome
                ending.ended = time.time()
                self.usage.closed(ending)
                last = ending.last_cell = self._last_of_span() if cell is UNCHANGED else cell
                self.session.write("run_end", run=ending.id, status=ending.status, cell=last, **given)
                self._retire(ending)
                if ending is run:
                    return

    def end_all(self, status: str | None, cell: int | None = UNCHANGED) -> None:
        """Ends every open run."""
        if self.stack:
            self.end_run(self.stack[0], status, cell)

    def hand_over(self, first: int) -> None:
        """Ends the open runs before their last execution, ``first``, which begins a new one."""
        ending = self.stack[:]
        for run in ending:
            run.last_outcome = run.outcome_before
        self.end_run(ending[0], None, first - 1, first)
        heir = self.open_new("run from the top", first)
        for run in ending:
            run.heir = heir

    def open_run(self) -> Run:
        """The run that is written to now; one is opened when there is none."""
        with self.lock:
            if self.stack:
                return self.stack[-1]
            opened = "after end" if self._opened_any else "first cell"
            return self.open_new(opened, self.executions.first_of_span())

    def run_of_cell(self) -> Run:
        """The run of what is captured: the open one, or the one that ended in the present execution."""
        with self.lock:
            current = self.executions.current()
            last = self.retired[-1] if self.retired and not self.stack else None
            if last is not None and current is not None and last.last_cell == current.n:
                return last
            return self.open_run()

    def known_run(self, run_id: str) -> Run | None:
        """A run of this session."""
        for run in self.stack:
            if run.id == run_id:
                return run
        return self.past.get(run_id)

    def set_experiment(self, name: str) -> None:
        """Runs belong to this experiment from now on, and the open one does if nothing was logged to it."""
        with self.lock:
            self.experiment = name
            run = self.stack[-1] if self.stack else None
            if run is not None and not run.taken and run.experiment != name:
                self.session.write("experiment", run=run.id, name=name)
                run.experiment = name

    def begin_run_for(self, execution: Execution) -> None:
        """Opens a run for an execution that begins, where one is needed."""
        if not self.stack:
            self.open_new("after end" if self._opened_any else "first cell", execution.n)
        elif any(run.begins_again(execution.mark) for run in self.stack):
            self.end_all(None, self.executions.last_n)
            self.open_new("cell run again", execution.n)

    def open_new(
        self,
        opened: str,
        cell: int,
        name: str | None = None,
        experiment: str | None = None,
        parent: Run | None = None,
    ) -> Run:
        """Opens a run whose span begins with the execution ``cell``."""
        series.halt()
        self._number += 1
        run = Run(
            ids.new_id(),
            self._number,
            name or f"{self.session.place.name} {self._number}",
            experiment or self.experiment or self.session.place.name,
            cell,
            parent.id if parent else self.origin,
            self.session.folder,
            self.session.warn,
        )
        self._opened_any = True
        self.stack.append(run)
        self.session.write(**self.run_start(run, opened))
        self.surroundings.note_code(run)
        self.usage.opened(run)
        return run

    def run_start(self, run: Run, opened: str) -> Event:
        """The ``run_start`` event of a run, without its time."""
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

    def _write_usage(self, run: Run, fields: Event) -> None:
        self.session.write("usage", run=run.id, **fields)
        self.upkeep.touch(run)

    def _last_of_span(self) -> int:
        current = self.executions.current()
        return current.n if current else self.executions.last_n

    def _adopt(self, run: Run, name: str | None, experiment: str | None) -> None:
        run.explicit = True
        wanted = experiment or self.experiment
        changed = {
            **({"name": name} if name else {}),
            **({"experiment": wanted} if wanted and wanted != run.experiment else {}),
        }
        run.name, run.experiment = name or run.name, wanted or run.experiment
        self.session.write("run_adopt", run=run.id, **changed)
        self.surroundings.note_code(run)
        self.usage.opened(run)

    def _retire(self, run: Run) -> None:
        """Keeps the file of an ended run open for a while: another thread may be in the middle of a point."""
        self.past[run.id] = run
        self.upkeep.touch(run)
        self.retired.append(run)
        self.upkeep.summarize_soon()
        while len(self.retired) > _MOST_RETIRED:
            old = self.retired.pop(0)
            if old not in self.stack:
                self.session.background.soon(f"close {old.id}", old.points.close)


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
