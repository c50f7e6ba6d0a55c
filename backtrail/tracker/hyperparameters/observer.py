"""Hears of each cell, and records the hyperparameters of those that train before they begin to."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..cellcode import CellCode
from ..executions import Execution
from ..outcome import Outcome
from ..recorder import Recorder

if TYPE_CHECKING:
    from .found import Found
    from .seek import Seeker

# What papermill puts above the values it was given.
_PARAMETERS = re.compile(r"\A\s*#\s*[Pp]arameters\s*(?:\n|\Z)")
# A first look at the words of a cell: without one of these it trains through functions of the notebook only.
_MAY_TRAIN = re.compile(
    r"fit|[Tt]rain|backward|step\(|minimi|optimi|learn|compile|cross_val|validat|curve|evaluat|predict|score"
    r"|Tape|lstsq|least_sq|fmin|forecast|report|matrix|error|loss|\.run\(|\.cv\(|\bfor\b|\bwhile\b|acc|auc|f1|r2"
    r"|mse|mae|recall|precision|perplexity|sgd|descent|simul|estimat|rollout|experiment|episode|backtest|sharpe|drawdown|mcmc|solve_ivp|odeint"
)
# Words of a cell that makes what is trained with, perhaps before it is known that anything is.
_MAKES = re.compile(r"\.parameters\(|\bDataLoader\(|\blr_scheduler\.")
_TAGS = frozenset({"parameters", "injected-parameters"})
_MOST_EARLIER = 500


def may_train(source: str) -> bool:
    """Whether a cell is worth reading before it runs."""
    return _MAY_TRAIN.search(source) is not None


class Hyperparameters:
    """The params that nobody logs; ``shell`` is IPython's, whose namespace is only read."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._shell = shell
        self._recorder = recorder
        self._lock = threading.RLock()
        self._loaded: Seeker | None = None
        self._waiting: list[tuple[int, CellCode, int | None]] = []
        """Cells that were executed and are yet to be read, which can wait until one trains."""
        self._declared: dict[str, Any] = {}

    def start(self) -> None:
        """Cells that were executed before the record began are read too, as far as IPython kept them."""
        earlier = self._shell.user_ns.get("In")
        if type(earlier) is list and len(earlier) > 1:
            sources = [one for one in earlier[-_MOST_EARLIER:] if type(one) is str and one.strip()]
            self._waiting = [(0, CellCode(source, source), None) for source in sources]
        self._read_later()

    def stop(self) -> None:
        """Nothing was put in place."""

    def before(self, execution: Execution, code: CellCode) -> None:
        """A cell is about to run: what it trains with is recorded first."""
        makes = _MAKES.search(code.source) is not None
        given = None
        with self._lock:
            if not may_train(code.source) and not makes:
                if self._defined():
                    self._catch_up()
                if self._loaded is None or not self._loaded.names_trainer(code.source):
                    self._recorder.known.offer(None)
                    return
            self._catch_up()
            told = (execution.n, code.source, code.trees, self._shell.user_ns)
            found = self._seeker.before(*told)
            if found is None and makes:
                given = self._seeker.given(*told)
        self._recorder.known.offer(given)
        if found is not None:
            self._declared = self._seeker.as_it_is(self._declared, self._shell.user_ns)
            self._record_declared()
            self._record(found)

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """A cell has run: it is remembered, and what it bound and trained with is looked at again."""
        error = ended.error or {}
        if error.get("unparsable"):
            return
        line = error.get("line")
        with self._lock:
            if self._loaded is not None and self._loaded.is_open(execution.n):
                self._catch_up()
                found = self._seeker.after(execution.n, code.source, code.trees, self._shell.user_ns, line)
            else:
                found = None
                self._waiting.append((execution.n, code, line))
                self._read_later()
        if found is not None:
            self._record(found)
        if ended.error is None and _declares(code.source, execution.tags):
            self._declared = self._seeker.declared(code.source, code.trees, self._shell.user_ns)
            self._record_declared()

    @property
    def _seeker(self) -> Seeker:
        """What reads cells; loaded with the first one, so that to attach does not take the time of it."""
        from .seek import Seeker  # noqa: PLC0415

        self._loaded = self._loaded or Seeker()
        return self._loaded

    def _record_declared(self) -> None:
        for name, value in self._declared.items():
            self._recorder.captured_param(name, value, "papermill")

    def _record(self, found: Found) -> None:
        self._recorder.known.use(found.sources)
        run = self._recorder.run_of_cell()
        for key, param in found.params.items():
            other = run.param_origins.get(key, param.origin)
            if key in found.full and other not in (param.origin, "logged") and run.params[key] != param.value:
                # The short name is that of something else in this run.
                key = found.full[key]  # noqa: PLW2901
            self._recorder.captured_param(key, param.value, param.origin)

    def _defined(self) -> bool:
        """Whether a cell that is yet to be read may have defined a function that trains."""
        return any("def " in code.source for _, code, _ in self._waiting)

    def _read_later(self) -> None:
        if self._recorder.session.background.threaded:
            self._recorder.session.background.do("hyperparameters", self._catch_up, patient=True)

    def _catch_up(self) -> None:
        """Reads the cells that were executed, in their order."""
        seeker = self._seeker
        while self._waiting:
            with self._lock:
                if self._waiting:
                    n, code, line = self._waiting.pop(0)
                    seeker.after(n, code.source, code.trees, self._shell.user_ns, line)


def _declares(source: str, tags: Iterable[str]) -> bool:
    """Whether papermill, or the user with a tag, says that a cell holds the notebook's parameters."""
    return _PARAMETERS.match(source) is not None or any(tag in _TAGS for tag in tags)
