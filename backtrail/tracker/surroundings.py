"""Writes down what surrounds a session, away from its cells: environment, imports, code."""

from __future__ import annotations

import json
import sys

from ..runlog import layout
from . import environment
from .code import Code
from .environment import Packages
from .run import Run
from .session import Session


class Surroundings:
    """Asked at the ends of cells and the beginnings of runs; answers into the log, in the background."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._packages = Packages()
        self._code = Code(session.place.notebook.parent, session.runs)
        self._modules: set[str] = set()
        self._imported: set[str] = set()
        self._count = 0
        session.background.soon("environment", self._environment)
        self.note_imports(0)

    def note_imports(self, n: int) -> None:
        """Notes which modules are new since the last time; ``n`` is the execution that imported them."""
        if len(sys.modules) == self._count:
            return
        names = list(sys.modules)
        self._count = len(names)
        self._session.background.do(f"imports {n}", lambda: self._imports(n, names))

    def note_code(self, run: Run) -> None:
        """Notes the state of the code as the run begins."""
        self._session.background.soon(f"code {run.id}", lambda: self._write_code(run))

    def _environment(self) -> None:
        fields = environment.describe()
        try:
            fields["packages"] = self._blob(self._packages.read())
        except OSError as error:
            fields["packages"] = None
            self._session.warn(f"The list of packages could not be kept: {error.strerror}.")
        self._session.write("environment", **fields)

    def _imports(self, n: int, names: list[str]) -> None:
        new = environment.top_level(names) - self._modules
        self._modules |= new
        packages = self._packages.of_modules(new)
        fresh = {name: version for name, version in packages.items() if name not in self._imported}
        if fresh:
            self._imported |= fresh.keys()
            self._session.write("imports", n=n, packages=fresh)

    def _write_code(self, run: Run) -> None:
        state, diff = self._code.state()
        blob = None
        if diff is not None:
            try:
                blob = layout.store_blob(self._session.runs, diff)
            except OSError as error:
                state = {**state, "reason": f"the difference could not be kept: {error.strerror}"}
        self._session.write("code", run=run.id, **state, diff=blob)

    def _blob(self, packages: dict[str, str]) -> str:
        text = json.dumps(packages, ensure_ascii=False, indent=1, sort_keys=True)
        return layout.store_blob(self._session.runs, text.encode())
