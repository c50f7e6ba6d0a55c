"""Writes down what surrounds a session, away from its cells: environment, imports, code."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from ..runlog import layout
from .run import Run
from .session import Session

if TYPE_CHECKING:
    from .code import Code
    from .environment import Packages


class Surroundings:
    """Asked at the ends of cells and the beginnings of runs; answers into the log, in the background."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._packages: Packages | None = None
        self._code: Code | None = None
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

    # What these need is imported in the background, so that to attach does not take the time of it.

    def _environment(self) -> None:
        from . import environment  # noqa: PLC0415

        self._packages = environment.Packages()
        fields = environment.describe()
        try:
            fields["packages"] = self._blob(self._packages.read())
        except OSError as error:
            fields["packages"] = None
            self._session.warn(f"The list of packages could not be kept: {error.strerror}.")
        self._session.write("environment", **fields)

    def _imports(self, n: int, names: list[str]) -> None:
        from . import environment  # noqa: PLC0415

        new = environment.top_level(names) - self._modules
        self._modules |= new
        if self._packages is None:
            return
        packages = self._packages.of_modules(new)
        fresh = {name: version for name, version in packages.items() if name not in self._imported}
        if fresh:
            self._imported |= fresh.keys()
            self._session.write("imports", n=n, packages=fresh)

    def _write_code(self, run: Run) -> None:
        from .code import Code  # noqa: PLC0415

        self._code = self._code or Code(self._session.place.notebook.parent, self._session.runs)
        state, diff = self._code.state()
        blob = None
        withheld = None
        if diff is not None:
            diff, withheld = self._session.redactor.diff(diff)
            if diff is None:
                state = {
                    **state,
                    "reason": "the difference could not be checked for secrets and was not kept",
                }
        if diff is not None:
            try:
                blob = layout.store_blob(self._session.runs, diff)
            except OSError as error:
                state = {**state, "reason": f"the difference could not be kept: {error.strerror}"}
        said = {"withheld": withheld} if withheld else {}
        self._session.write("code", run=run.id, **state, diff=blob, **said)

    def _blob(self, packages: dict[str, str]) -> str:
        text = json.dumps(packages, ensure_ascii=False, indent=1, sort_keys=True)
        return layout.store_blob(self._session.runs, text.encode())
