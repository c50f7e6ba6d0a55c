"""Keeps one session: what is recorded in its runs, and what is done when a cell ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..runlog.handover import OF_EXECUTIONS
from . import series
from .executions import Execution
from .firstcell import FirstCell
from .hyperparameters.known import READ, Known
from .lifecycle import UNCHANGED, Lifecycle
from .namespace import Namespace
from .options import Options
from .reopening import opened_again
from .run import Mark, Run
from .session import Session
from .sightings import LAST_EXPRESSION, LOGGED, Moment, Rounded, Sightings

if TYPE_CHECKING:
    from .files.door import Door
    from .launched import Launched


# Nobody but the user, by a call, makes these.
_LOGGED = frozenset({"artifact", "note", "rename", "tag"})

# Of two cells that follow each other like that, the end of one is the beginning of the next.
_RECENT = 0.25


class Recorder(Lifecycle):
    """Hears of executions from `cells`, and of everything else from the calls of the user."""

    def __init__(self, session: Session, options: Options | None = None) -> None:
        super().__init__(session)
        self.options = options or Options()
        self.files: Door | None = None
        """Who is told of files that a library uses; None while nobody listens."""
        self.known = Known()
        self.session.reopening = lambda: opened_again(self)
        self.sightings = Sightings(self)
        self._namespace: Namespace | None = None
        self._seeds: set[tuple[str, str, Any, int | None]] = set()
        self._first = FirstCell()
        self.launched: Launched | None = None
        """What the first of several processes that are forked from this one writes through."""

    def cell_started(self, execution: Execution) -> None:
        """An execution begins, before any of its code runs."""
        with self.lock:
            series.halt()
            self.upkeep.check(_RECENT)
            if execution.parent is None and not self.executions.going_on:
                self.begin_run_for(execution)
            self.executions.begin(execution)

    def cell_ended(self, execution: Execution, status: str) -> None:
        """An execution ended."""
        with self.lock:
            series.halt()
            self.sightings.settle()
            self.executions.end(execution)
            if execution.parent is None:
                for run in self.stack:
                    run.outcome_before, run.last_outcome = run.last_outcome, status
            self.surroundings.note_imports(execution.n)
            self.upkeep.after_cell(status)

    def namespace(self, values: Mapping[Any, Any]) -> Namespace:
        """The notebook's, which is looked at once for all who ask at the same moment."""
        if self._namespace is None or self._namespace.values is not values:
            self._namespace = Namespace(values)
        return self._namespace

    def current_cell(self) -> int | None:
        """The execution that is going on, the innermost or latest of several, or None."""
        execution = self.executions.current()
        return execution.n if execution else None

    def from_top(self) -> None:
        """All cells are being run: the execution before this moment was the first of them."""
        with self.lock:
            run, first = self.stack[0] if self.stack else None, self.executions.last_top
            if run is None or not run.recorded or first in (0, run.cell):
                return
            moved = [key for key, n in run.params_by_cell.items() if n is not None and n >= first]
            params = {
                key: (run.params[key], run.params_by_cell[key], run.param_origins[key]) for key in moved
            }
            self.hand_over(first)
            for key, (value, n, origin) in params.items():
                self.param(key, value, n, origin=origin)
            for event, fields in self._first.take(first):
                if event == "seed":
                    self.seed(fields["library"], fields["value"], fields["cell"])
                else:
                    self.record(self.open_run(), event, **fields)

    def metrics(
        self, values: Mapping[str, float | int], step: Any, seconds: float | None, run: Run | None = None
    ) -> None:
        """Writes points of metrics, and lets the next ones go the fast way."""
        with self.lock:
            target = run or self.open_run()
            cell = self._points(target, values, step, seconds)
            for key in values:
                if target.metric_origins.get(key) != LOGGED:
                    if key in target.metric_origins:
                        self.record(target, "metric", key=key, origin=LOGGED, cell=cell)
                    target.metric_origins[key] = LOGGED
            # With executions on several threads the fast way could not tell whose point it is.
            if self.executions.on_one_thread() and self.stack and self.stack[-1] is target:
                target.points.open_fast(values.keys(), cell)

    def param(
        self,
        key: str,
        value: Any,
        cell: int | None = UNCHANGED,
        run: Run | None = None,
        origin: str = "logged",
    ) -> None:
        """Writes a param."""
        with self.lock:
            target = run or self.open_run()
            if cell is UNCHANGED:
                cell, mark = self.executions.current_and_mark()
                if mark is not None:
                    target.param_marks.add(mark)
            target.logged = target.logged or origin == "logged"
            self.record(target, "param", key=key, value=value, cell=cell, origin=origin)
            target.params[key] = value
            target.params_by_cell[key] = cell
            target.param_origins[key] = origin

    def captured_param(self, key: str, value: Any, origin: str) -> None:
        """Writes a param that nobody logged; ``value`` is plain JSON, ``origin`` says how it was found.

        What the user logged under the same name stays. A value that is as it was is not written again.
        """
        with self.lock:
            if origin in self.capture_off:
                return
            run = self.run_of_cell()
            if run.param_origins.get(key) == "logged" or (
                key in run.params and _same(run.params[key], value)
            ):
                return
            if origin not in READ:
                if self.known.carries(key, value, run.params, run.param_origins):
                    return
                named = self.known.named(key, value)
                if named is not None and named[0] not in run.params and named[1] not in self.capture_off:
                    key, origin = named
            cell, mark = self.executions.current_and_mark()
            if mark is not None:
                run.param_marks.add(mark)
            self.record(run, "param", key=key, value=value, cell=cell, origin=origin)
            run.params[key], run.params_by_cell[key] = value, cell
            run.param_origins[key] = origin

    @property
    def capture_off(self) -> frozenset[str]:
        """The origins of which nothing is to be captured."""
        return frozenset(self.options.words("capture_off"))

    def moment(self) -> Moment:
        """The run and the execution that something seen now belongs to."""
        with self.lock:
            return Moment(self.run_of_cell(), *self.executions.current_and_mark())

    def captured_metrics(  # noqa: PLR0917
        self,
        values: Mapping[str, float | int],
        step: Any,
        origin: str,
        exact: bool = True,
        at: Moment | None = None,
        rounded: Mapping[str, Rounded] | None = None,
    ) -> None:
        """Takes metrics that nobody logged; ``origin`` says where they were seen.

        ``exact`` False: parsed from rounded text, or guessed. ``at`` is the moment they were seen, None: now.
        What is written of them, and when, is for `Sightings` to say: the same quantity may be seen again.
        """
        with self.lock:
            if origin not in self.capture_off:
                self.sightings.see(at or self.moment(), values, step, origin, exact, rounded)

    def write_captured(
        self, at: Moment, values: Mapping[str, float | int], step: Any, origin: str, exact: bool
    ) -> None:
        """Writes points of metrics that nobody logged. For `Sightings` alone."""
        with self.lock:
            run, flag = at.run, {} if exact else {"exact": False}
            for key in values:
                if run.metric_origins.get(key) != origin:
                    run.metric_origins[key] = origin
                    self.record(run, "metric", key=key, origin=origin, cell=at.cell, **flag)
            if values:
                # To look at a result again is no second attempt at it.
                if at.mark is not None and origin != LAST_EXPRESSION:
                    run.metric_marks.add(at.mark)
                run.points.record(values, step, None, at.cell)
                self.upkeep.touch(run)

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

    def record(self, run: Run, event: str, **fields: Any) -> None:
        """Writes an event of a run; the first but for a read file makes its folder, and has it listed."""
        with self.lock:
            if event in OF_EXECUTIONS:
                # What was being read meanwhile, when the run had ended.
                run = run.of_execution(fields.get("cell"))
            if event != "input":
                self.upkeep.first_record(run)
            if event in _LOGGED:
                run.logged = True
            self._first.note(event, fields, self.executions.last_top)
            self.session.write(event, run=run.id, **fields)
            self.upkeep.touch(run)

    def seed(self, library: str, value: Any, cell: int | None, since: float | None = None) -> None:
        """Writes, once for an execution, a seed that was set; it alone does not make a run one to be listed.

        It belongs to the open run, or, with ``since`` (seconds since 1970), to all that were open after it.
        """
        with self.lock:
            runs = [self.open_run()] if since is None else [*self.stack, *self._ended_since(since)]
            for run in dict.fromkeys(run.of_execution(cell) for run in runs):
                if (run.id, library, value, cell) not in self._seeds:
                    self._seeds.add((run.id, library, value, cell))
                    fields = {"library": library, "value": value, "cell": cell}
                    self._first.note("seed", fields, self.executions.last_top)
                    self.session.write("seed", run=run.id, library=library, value=value, cell=cell)
                    self.upkeep.touch(run)

    def end(self, reason: str, status: str | None = None, spent: float = 0.0) -> None:
        """Ends the open runs and the session, ``spent`` seconds after that began. Never raises."""
        with self.lock:
            self.sightings.settle()
            self.end_all(status)
            self.upkeep.summarize_soon()
        # Without the lock, which the work in the background needs.
        self.upkeep.finish(spent)
        for run in self.retired:
            run.points.close()
        self.session.close(reason)

    def _points(
        self, run: Run, values: Mapping[str, float | int], step: Any, seconds: float | None
    ) -> int | None:
        """Writes one line of points, and returns the execution they belong to."""
        self.upkeep.first_record(run)
        cell, mark = self.executions.current_and_mark()
        if mark is not None:
            run.metric_marks.add(mark)
        run.points.record(values, step, seconds, cell)
        self.upkeep.touch(run)
        return cell

    def _ended_since(self, since: float) -> list[Run]:
        return [run for run in self.retired if run.ended is not None and run.ended >= since]

    def reread(self, run: Run, mark: Mark) -> None:
        """Another process wrote points of ``run`` while the cell ``mark`` ran; they are counted soon."""
        with self.lock:
            self.upkeep.first_record(run)
            if mark is not None:
                run.metric_marks.add(mark)
            self.upkeep.reread_soon(run)


def _same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal and of one kind: 1, 1.0 and True are three."""
    return repr(one) == repr(other)
