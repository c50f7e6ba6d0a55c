"""Loads the adapter of a library when the library is imported, and lets it go when recording ends."""

from __future__ import annotations

import gc
import sys
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from .. import taps
from ..cellcode import CellCode
from ..executions import Execution
from ..importhook import ImportHook
from ..outcome import Outcome
from ..recorder import Recorder
from . import ADAPTERS, Entry
from .adapter import Adapter
from .callers import Callers
from .sites import Sites
from .waiting import Waiting


class Adapters:
    """All adapters of the libraries that the notebook has imported."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._recorder = recorder
        self._callers = Callers(shell)
        self._sites = Sites(recorder)
        self._loaded: dict[Entry, Adapter | None] = {}
        self._waiting: dict[str, list[Entry]] = {}
        for entry in ADAPTERS:
            for name in entry.modules:
                self._waiting.setdefault(name, []).append(entry)
        self._later = Waiting(shell, self._at_once)
        self._hook = ImportHook(
            {name: partial(self._imported, name) for name in self._waiting}, watcher=self._later
        )

    def start(self) -> None:
        """Attends to libraries that are imported already, and waits for the others."""
        self._hook.install()
        for name in self._waiting:
            module = sys.modules.get(name)
            if module is not None and not getattr(module.__spec__, "_initializing", False):
                self._at_once(name, module)

    def stop(self) -> None:
        """Leaves all libraries as they were."""
        self._hook.remove()
        self._later.drop()
        for adapter in self._loaded.values():
            if adapter is not None:
                adapter.remove()
        self._loaded.clear()

    def before(self, execution: Execution, code: CellCode) -> None:
        """Attends to what was put off, should there be something."""
        self._later.begins(code)

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """Attends to what was put off, and records what was kept back until the end of the cell."""
        self._later.ends(code)
        for adapter in list(self._loaded.values()):
            if adapter is not None:
                adapter.settling(execution)
        if execution.parent is None:
            taps.forget_unfinished()

    def _imported(self, name: str, module: ModuleType) -> None:
        if not self._later.takes(name, module):
            self._at_once(name, module)

    def _at_once(self, name: str, module: ModuleType) -> None:
        # Many small objects are made here and are soon gone. They would have Python look through all that the
        # notebook has imported for garbage, which takes longer than everything else here.
        collects = gc.isenabled()
        gc.disable()
        try:
            self._attend(name, module)
        finally:
            if collects:
                gc.enable()

    def _attend(self, name: str, module: ModuleType) -> None:
        for entry in self._waiting[name]:
            if entry not in self._loaded:
                self._loaded[entry] = self._load(entry)
            adapter = self._loaded[entry]
            if adapter is not None:
                adapter.attending(name, module)

    def _load(self, entry: Entry) -> Adapter | None:
        try:
            kind = getattr(import_module(f".{entry.file}", __package__), entry.name)
            adapter: Adapter = kind(self._recorder, self._callers, self._sites)
        except Exception as error:
            fault = f"because of a {type(error).__name__} in Backtrail"
            self._recorder.session.warn(f"What {entry.modules[0]} does is not captured, {fault}.")
            return None
        return adapter
