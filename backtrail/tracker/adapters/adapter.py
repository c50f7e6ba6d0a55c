"""What all adapters have: ways to hear of a library, and ways to record what was heard."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any, Callable

from ..executions import Execution
from ..recorder import Recorder
from ..taps import Called, Returned, Tap, Untappable, tap
from . import arguments
from .callers import Callers
from .sites import Sites


class Mismatch(Exception):
    """The library is not as the adapter knows it."""


_origins: set[str] = {"call"}
"""Origins of params whose keys begin with what was called."""


class Adapter:
    """One concern of one library. It is switched off, and that is said once, when the library does not match.

    ``origin`` is the name under which what it captures is recorded; ``library`` the module that has the
    version.
    """

    origin = ""
    library = ""
    what = "its params and metrics"

    def __init__(self, recorder: Recorder, callers: Callers, sites: Sites) -> None:
        self.recorder = recorder
        self.callers = callers
        self.sites = sites
        self._taps: list[Tap] = []
        _origins.add(self.origin)
        self._firsts: dict[tuple[str, str], str] = {}
        """By run and metric, the model that told it first."""
        self._off = False

    def attend(self, name: str, module: ModuleType) -> None:
        """A module that the adapter waits for has been imported.

        Raises:
            Exception: it is not as expected.
        """
        raise NotImplementedError

    def settle(self, execution: Execution) -> None:
        """An execution has ended."""

    def remove(self) -> None:
        """Stops listening."""
        self._off = True
        for one in self._taps:
            one.remove()
        self._taps.clear()

    def attending(self, name: str, module: ModuleType) -> None:
        """`attend`, guarded."""
        self._guard(self.attend, name, module)

    def settling(self, execution: Execution) -> None:
        """`settle`, guarded."""
        self._guard(self.settle, execution)

    def hear(
        self,
        function: Any,
        called: Called | None = None,
        returned: Returned | None = None,
        outermost: str | None = None,
    ) -> None:
        """Listens to ``function``. See `tap`.

        Raises:
            Untappable: it is no Python function.
        """
        one = tap(
            function,
            called=called and (lambda given: self._guard(called, given)),
            returned=returned and (lambda given, value: self._guard(returned, given, value)),
            outermost=outermost,
        )
        self._taps.append(one)

    def hear_if_there(self, owner: Any, name: str, **listeners: Any) -> bool:
        """Listens to ``owner.name`` where this version of the library has it; whether it has."""
        function = getattr(owner, name, None)
        if function is None:
            return False
        try:
            self.hear(function, **listeners)
        except Untappable:
            return False
        return True

    def params(self, callee: str, values: Mapping[str, Any]) -> None:
        """Records arguments of a call; those of another call of ``callee`` in the same run are told apart."""
        values = {name: value for name, value in values.items() if name not in arguments.BOOKKEEPING}
        if not values or self.switched_off():
            return
        self._seed(values)
        for key, value in self.sites.keys(callee, values, self.callers.site()):
            if not self._known(callee, key.rpartition(".")[2], value):
                self.recorder.captured_param(key, value, self.origin)

    def settings(self, before: str, values: Mapping[str, Any]) -> None:
        """Records settings that the notebook has in one place, as ``config.lr``."""
        if not self.switched_off():
            for name, value in values.items():
                if not self._known(before, str(name), value):
                    key = f"{before}.{name}" if before else str(name)
                    self.recorder.captured_param(key, arguments.describe(value), self.origin)

    def metrics(self, values: Mapping[str, Any], step: Any = None, exact: bool = True) -> None:
        """Records what of ``values`` is a number."""
        if self.switched_off():
            return
        numbers = {key: number for key, value in values.items() if (number := _number(value)) is not None}
        if numbers:
            self.recorder.captured_metrics(numbers, step, self.origin, exact)

    def dataset(self, name: str, **fields: Any) -> None:
        """Records a dataset that the run uses."""
        if not self.switched_off():
            recorder = self.recorder
            known: dict[str, Any] = dict.fromkeys(("version", "sha256", "size", "path"))
            known.update(fields)
            with recorder.lock:
                recorder.record(
                    recorder.run_of_cell(), "dataset", name=name, cell=recorder.current_cell(), **known
                )

    def _known(self, callee: str, name: str, value: Any) -> bool:
        """Whether the value is recorded already: as a name or setting of the notebook's, or for this call."""
        with self.recorder.lock:
            run = self.recorder.run_of_cell()
            for key, known in run.params.items():
                before, _, last = key.rpartition(".")
                if last == name and arguments.same(known, value):
                    called = run.param_origins.get(key) in _origins
                    if not called or not before or before.partition("[")[0] == callee:
                        return True
        return False

    def of_each(self, values: Mapping[str, Any], whose: str) -> dict[str, Any]:
        """Metrics of one of several models: those of the first in a run have plain names, as ``aic``.

        Another model has ``aic/m2``; a model of the same name goes on with the series.
        """
        run = self.recorder.run_of_cell().id
        found: dict[str, Any] = {}
        for key, value in values.items():
            if value is None:
                continue
            first = self._firsts.setdefault((run, key), whose)
            found[key if first == whose else f"{key}/{whose}"] = value
        return found

    def _seed(self, values: Mapping[str, Any]) -> None:
        """Records each seed that was given: in a loop the source of the cell tells the last one only."""
        given = next((values[name] for name in _SEEDS if name in values), None)
        if type(given) is int:
            self.recorder.seed(self.library, given, self.recorder.current_cell())

    def switched_off(self) -> bool:
        """Whether the user does not want what comes from here."""
        return self.origin in self.recorder.options.words("capture_off")

    def _guard(self, call: Callable[..., Any], *given: Any) -> Any:
        if self._off:
            return None
        try:
            return call(*given)
        except Exception as error:
            self._fail(error)
            return None

    def _fail(self, error: Exception) -> None:
        self.remove()
        version = getattr(sys.modules.get(self.library), "__version__", "")
        version = f" {version}" if isinstance(version, str) and version else ""
        reason = str(error) if isinstance(error, (Mismatch, Untappable)) else type(error).__name__
        self.recorder.session.warn(
            f"{self.library}{version} is not as Backtrail knows it ({reason[:200]}): "
            f"{self.what} are not captured."
        )


def need(owner: Any, path: str) -> Any:
    """The attribute at ``path`` of a module or class.

    Raises:
        Mismatch: there is none.
    """
    found = owner
    for name in path.split("."):
        found = getattr(found, name, None)
        if found is None:
            raise Mismatch(f"{getattr(owner, '__name__', owner)}.{path} is missing")
    return found


def _number(value: Any) -> float | int | None:
    """The number, of types whose ``item`` is known to be harmless."""
    kind = type(value)
    if kind is bool:
        return None
    if kind is float or kind is int:
        return value  # type: ignore[no-any-return]
    if kind.__module__.partition(".")[0] in _ARRAYS:
        try:
            item = value.item() if hasattr(value, "item") else float(value)
        except Exception:
            return None
        return item if type(item) in (int, float) else None
    return None


_SEEDS = ("random_state", "seed", "random_seed")
_ARRAYS = frozenset({"numpy", "torch", "tensorflow", "jax", "jaxlib", "pandas", "cupy"})
