"""Writes down what surrounds a session, away from its cells: environment, imports, code."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from ..runlog import layout
from . import environ
from .run import Run
from .session import Session

if TYPE_CHECKING:
    from .code import Code
    from .environment import Packages
    from .localmodules import LocalModules
    from .untracked import Untracked


class Surroundings:
    """Asked at the ends of cells and the beginnings of runs; answers into the log, in the background."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._variables = environ.variables()
        self._described: dict[str, Any] = {}
        self._packages: Packages | None = None
        self._code: Code | None = None
        self._untracked: Untracked | None = None
        self._local: LocalModules | None = None
        self._modules: set[str] = set()
        self._imported: set[str] = set()
        self._count = 0
        session.background.soon("environment", self._environment, patient=True)
        self.note_imports(0)

    def note_imports(self, n: int) -> None:
        """Notes which modules are new since the last time; ``n`` is the execution that imported them."""
        fresh = len(sys.modules) != self._count
        if fresh or (self._local is not None and self._local.loaded_again()):
            names = list(sys.modules)
            at = time.time()
            self._count = len(names)
            job = lambda: self._imports(n, names, at)  # noqa: E731
            self._session.background.do(f"imports {n}", job, patient=True)

    def note_code(self, run: Run) -> None:
        """Notes the state of the code as the run begins."""
        self._session.background.soon(f"code {run.id}", lambda: self._write_code(run))

    def note_threads(self) -> None:
        """Notes that libraries may compute with another number of threads than before."""
        self._session.background.do("threads", self._threads)

    # What these need is imported in the background, so that to attach does not take the time of it.

    def _environment(self) -> None:
        from . import environment  # noqa: PLC0415

        self._packages = environment.Packages()
        fields = environment.describe(self._variables)
        try:
            fields["packages"] = self._store(self._packages.read())
        except OSError as error:
            fields["packages"] = None
            self._session.warn(f"The list of packages could not be kept: {error.strerror}.")
        self._described = fields
        self._session.write("environment", **fields)

    def _threads(self) -> None:
        from .system import threads  # noqa: PLC0415

        found = threads.counts()
        if self._described and found != self._described["threads"]:
            self._described["threads"] = found
            self._session.write("environment", **self._described)

    def _imports(self, n: int, names: list[str], at: float) -> None:
        from . import environment  # noqa: PLC0415

        new = environment.top_level(names) - self._modules
        self._modules |= new
        self._local_modules(n, names, at)
        if self._packages is None:
            return
        packages = self._packages.of_modules(new)
        fresh = {name: version for name, version in packages.items() if name not in self._imported}
        if fresh:
            self._imported |= fresh.keys()
            self._session.write("imports", n=n, packages=fresh)
        if new:
            self._threads()

    def _local_modules(self, n: int, names: list[str], at: float) -> None:
        from . import localmodules  # noqa: PLC0415

        self._local = self._local or localmodules.LocalModules()
        keep = _Keeper(self._session)
        found = self._local.look(names, at if n else localmodules.began(), keep)
        for module in found.values():
            module["path"] = self._session.relative(module["path"])
        if found:
            self._session.write("modules", n=n, modules=found, **keep.said())

    def _write_code(self, run: Run) -> None:
        from .code import Code  # noqa: PLC0415
        from .untracked import Untracked  # noqa: PLC0415

        self._code = self._code or Code(self._session.place.notebook.parent, self._session.runs)
        self._untracked = self._untracked or Untracked()
        state, diff = self._code.state()
        keep = _Keeper(self._session)
        blob = None
        if diff is not None:
            diff, withheld = self._session.redactor.diff(diff)
            keep.count(withheld)
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
        others = self._untracked.fields(self._code.untracked(), keep)
        self._session.write("code", run=run.id, **state, diff=blob, **others, **keep.said())

    def _store(self, packages: dict[str, str]) -> str:
        text = json.dumps(packages, ensure_ascii=False, indent=1, sort_keys=True)
        return layout.store_blob(self._session.runs, text.encode())


class _Keeper:
    """Keeps the texts of files as blobs, without their secrets, and counts what was withheld."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._withheld: dict[str, int] = {}

    def __call__(self, data: bytes) -> str | None:
        """The hash of the text as it is kept; None for what is no text, or could not be kept."""
        try:
            text, withheld = self._session.redactor.source(data.decode())
            self.count(withheld)
            return layout.store_blob(self._session.runs, text.encode())
        except (UnicodeError, OSError):
            return None

    def count(self, withheld: list[dict[str, Any]] | None) -> None:
        """Adds to what was withheld."""
        for one in withheld or ():
            self._withheld[one["kind"]] = self._withheld.get(one["kind"], 0) + one["count"]

    def said(self) -> dict[str, Any]:
        """The field ``withheld`` of an event, when there is something to say."""
        counts = [{"kind": kind, "count": count} for kind, count in sorted(self._withheld.items())]
        return {"withheld": counts} if counts else {}
