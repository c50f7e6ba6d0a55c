"""Plays the cells of a script in this process, with the tracker beside it."""

from __future__ import annotations

import contextlib
import sys
import traceback
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..tracker import current
from ..tracker.cells import Cells
from ..tracker.place import Place
from ..tracker.recorder import Recorder
from ..tracker.session import Session
from . import blocks
from .shell import Info, Result, Shell


class Player:
    """One script, played once; ``into`` is the folder of runs that it is recorded in.

    Raises:
        OSError: the script cannot be read, or the record not be written.
        SyntaxError: the script is no Python.
    """

    def __init__(self, script: Path, into: Path, notebook: Path) -> None:
        self._path = script
        self._script = blocks.split(script.read_text(encoding="utf-8"))
        self._main = types.ModuleType("__main__")
        self._place = Place(notebook, into)
        self._error: BaseException | None = None
        self._helper: Any = None

    def play(self) -> bool:
        """Executes every cell; whether none of them raised what it did not raise in the notebook."""
        sys.argv = [str(self._path)]
        sys.modules["__main__"] = self._main
        namespace = self._main.__dict__
        namespace["__file__"] = str(self._path)
        # The head may start this process again, under another hash seed, so that no log is open yet.
        exec(compile(self._script.head, str(self._path), "exec"), namespace)
        self._helper = namespace.get(self._script.helper)
        shell = Shell(namespace)
        recorder = Recorder(Session(self._place, threaded=True, remembered=False))
        cells = Cells(shell, recorder)
        cells.register()
        current.use(recorder)
        self._take_over()
        status = None
        try:
            for block in self._script.blocks:
                if not self._cell(shell, block):
                    status = "failed"
                    break
        except BaseException:
            status = "failed"
            raise
        finally:
            cells.unregister()
            current.use(None)
            recorder.end("exit", status)
        return status is None

    def _cell(self, shell: Shell, block: blocks.Block) -> bool:
        """Executes one block; whether the next one may follow."""
        steps = blocks.steps(block, self._script.helper)
        self._execute(steps.before, shell)
        info = Info(steps.source)
        result = Result(info, shell.execution_count)
        self._error = None
        shell.events.trigger("pre_run_cell", info)
        goes_on = True
        try:
            self._execute(steps.cell, shell)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            self._error = error
            goes_on = False
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        result.error_in_exec = self._error
        shell.events.trigger("post_run_cell", result)
        shell.execution_count += 1
        self._execute(steps.after, shell)
        return goes_on

    def _execute(self, tree: Any, shell: Shell) -> None:
        if tree.body:
            exec(compile(tree, str(self._path), "exec"), shell.user_ns)

    def _take_over(self) -> None:
        """What the script does around its cells is told to the tracker, as far as it is a part of them."""
        if hasattr(self._helper, "goes_on"):
            self._helper.goes_on = staticmethod(self._goes_on)

    @contextlib.contextmanager
    def _goes_on(self, cell: str, error: str) -> Iterator[None]:
        """A cell that failed in the notebook fails here too, and the next one runs."""
        try:
            yield
        except (Exception, SystemExit) as raised:
            self._error = raised
            traceback.print_exc()
