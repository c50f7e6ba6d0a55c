"""Those who are told of every execution. A fault of one touches neither the cell nor the others."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Callable, Protocol

from .cellcode import CellCode
from .executions import Execution
from .outcome import Outcome
from .recorder import Recorder

# In the order in which they hear of the beginning of an execution; of its end they hear in the reverse one.
_OBSERVERS = (
    # At the end of a cell it has to know what the others have seen.
    ("adapters.observer", "Adapters"),
    ("captured", "Captured"),
    ("hyperparameters.observer", "Hyperparameters"),
    ("system.monitor", "Monitor"),
    ("randomness", "Randomness"),
    ("files.observer", "Files"),
    ("variables.observer", "Variables"),
)


class Observer(Protocol):
    """Made with IPython's shell, of which it only reads, and the recorder."""

    def start(self) -> None:
        """Recording begins. The namespace may hold the work of hours already."""

    def stop(self) -> None:
        """Recording ends: everything that was put in place is taken out."""

    def before(self, execution: Execution, code: CellCode) -> None:
        """An execution is about to begin, and waits for this."""

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """An execution has ended, and its answer waits for this."""


class Observers:
    """All of them, each guarded from the faults of the others."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._recorder = recorder
        self._all: list[Observer] = []
        for module, name in _OBSERVERS:
            self._guard(lambda m=module, c=name: self._all.append(_make(m, c, shell, recorder)), name)  # type: ignore[misc]

    def start(self) -> None:
        """Tells that recording begins."""
        for one in self._all:
            self._guard(one.start, type(one).__name__)

    def stop(self) -> None:
        """Tells that recording ends."""
        for one in reversed(self._all):
            self._guard(one.stop, type(one).__name__)

    def before(self, execution: Execution, code: CellCode) -> None:
        """Tells that an execution is about to begin."""
        for one in self._all:
            self._guard(lambda o=one: o.before(execution, code), type(one).__name__)  # type: ignore[misc]

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """Tells that an execution has ended."""
        for one in reversed(self._all):
            self._guard(lambda o=one: o.after(execution, code, ended), type(one).__name__)  # type: ignore[misc]

    def _guard(self, call: Callable[[], object], who: str) -> None:
        try:
            call()
        except BaseException as error:
            try:
                self._recorder.session.warn(
                    f"Not everything was recorded, because of a {type(error).__name__} in Backtrail ({who})."
                )
            except BaseException:
                pass


def _make(module: str, name: str, shell: Any, recorder: Recorder) -> Observer:
    made: Observer = getattr(import_module(f".{module}", __package__), name)(shell, recorder)
    return made
