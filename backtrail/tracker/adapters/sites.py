"""Keys for the arguments of calls: two calls of one function in a run are two, a call made again is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..recorder import Recorder
from ..run import Mark
from .arguments import same
from .callers import Site


class Sites:
    """The places in the notebook from which each function was called in the present run."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._run = ""
        self._known: dict[str, list[tuple[Mark, int]]] = {}
        self._first: dict[str, Any] = {}
        self._execution: int | None = None
        self._order: dict[str, list[Site | None]] = {}

    def keys(self, callee: str, values: Mapping[str, Any], site: Site | None) -> Iterator[tuple[str, Any]]:
        """Keys and values to be recorded: ``DataLoader.batch_size``; of a second call that differs
        ``DataLoader[2].batch_size``."""
        number = self.number(callee, site)
        for name, value in values.items():
            key = f"{callee}.{name}"
            if number == 1:
                self._first[key] = value
                yield key, value
            elif key not in self._first or not same(self._first[key], value):
                yield f"{callee}[{number}].{name}", value

    def number(self, callee: str, site: Site | None) -> int:
        """Which of the places this is, from 1, from which ``callee`` was called in the present run."""
        run = self._recorder.run_of_cell().id
        if run != self._run:
            self._run = run
            self._known.clear()
            self._first.clear()
        n, mark = self._recorder.executions.current_and_mark()
        if n != self._execution:
            self._execution = n
            self._order.clear()
        # By its place among the calls of the execution, since an edited cell has other lines.
        order = self._order.setdefault(callee, [])
        if site not in order:
            order.append(site)
        known = self._known.setdefault(callee, [])
        here = (mark, order.index(site))
        if here not in known:
            known.append(here)
        return known.index(here) + 1
