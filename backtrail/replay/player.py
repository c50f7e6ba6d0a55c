"""Plays the cells of a script in this process, with the tracker beside it."""

from __future__ import annotations

import ast
import contextlib
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..tracker import current
from ..tracker.cells import Cells
from ..tracker.importhook import ImportHook
from ..tracker.place import Place
from ..tracker.recorder import Recorder
from ..tracker.session import Session
from . import blocks
from .displays import displayer, formats, take_over
from .figures import Figures
from .shell import Info, Result, Shell
from .streams import OutStream


class Player:
    """One script, played once, and recorded at ``place``.

    ``origin`` is the run that it repeats, for a record that is kept; ``figures`` are the formats of the
    notebook's figures.

    Raises:
        OSError: the script cannot be read, or the record not be written.
        SyntaxError: the script is no Python.
    """

    def __init__(
        self, script: Path, place: Place, origin: str | None = None, figures: Sequence[str] = ("png",)
    ) -> None:
        self._path = script
        self._script = blocks.split(script.read_text(encoding="utf-8"))
        self._main = types.ModuleType("__main__")
        self._place = place
        self._origin = origin
        self._formats = figures
        self._error: BaseException | None = None
        self._helper: Any = None
        self._result: Any = None

    def play(self) -> bool:
        """Executes every cell; whether none of them raised what it did not raise in the notebook."""
        sys.argv = [str(self._path)]
        sys.modules["__main__"] = self._main
        namespace = self._main.__dict__
        namespace["__file__"] = str(self._path)
        # The head may start this process again, under another hash seed, so that no log is open yet.
        exec(compile(self._script.head, str(self._path), "exec", dont_inherit=True), namespace)
        self._helper = namespace.get(self._script.helper)
        # What a kernel is started with: parsers of arguments call themselves by it, and fail on the rest.
        sys.argv = [str(self._path.with_name("ipykernel_launcher.py")), "-f", "kernel.json"]
        shell = Shell(namespace)
        publisher = shell.display_pub
        self._figures = Figures(
            lambda figure: publisher.publish(self._bundle(figure), quiet=True), self._formats
        )
        display = displayer(publisher, self._bundle)
        displays = ImportHook({"IPython.display": lambda module: take_over(module, publisher, display)})
        out, err = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = OutStream(out), OutStream(err)
        recorder = Recorder(Session(self._place, threaded=True, remembered=self._origin is not None))
        recorder.origin = self._origin
        cells = Cells(shell, recorder)
        cells.register()
        current.use(recorder)
        self._take_over(shell)
        self._figures.start()
        displays.install()
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
            displays.remove()
            self._figures.stop()
            cells.unregister()
            current.use(None)
            recorder.end("exit", status)
            sys.stdout, sys.stderr = out, err
        return status is None

    def _cell(self, shell: Shell, block: blocks.Block) -> bool:
        """Executes one block; whether the next one may follow."""
        steps = blocks.steps(block, self._script.helper)
        self._execute(steps.before, shell)
        info = Info(steps.source)
        result = Result(info, shell.execution_count)
        self._error = self._result = None
        shell.events.trigger("pre_run_cell", info)
        goes_on = True
        try:
            self._execute(steps.cell, shell)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            self._error = error
            goes_on = False
            _print_traceback()
        with contextlib.suppress(Exception):
            self._figures.flush()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        result.error_in_exec = self._error
        result.result = self._result
        shell.events.trigger("post_run_cell", result)
        shell.execution_count += 1
        self._execute(steps.after, shell)
        return goes_on

    def _execute(self, tree: ast.Module, shell: Shell) -> None:
        # One statement after the other, as IPython does: a function is compiled otherwise where a module that
        # it uses is imported beside it, and so has another fingerprint.
        for statement in tree.body:
            one = ast.Module([statement], [])
            code = compile(one, str(self._path), "exec", self._script.flags, dont_inherit=True)
            exec(code, shell.user_ns)

    def _take_over(self, shell: Shell) -> None:
        """What the script does around its cells is told to the tracker, as far as it is a part of them."""
        replaced: dict[str, Any] = {"goes_on": self._goes_on, "show": self._shower(shell)}
        for name, function in replaced.items():
            if hasattr(self._helper, name):
                setattr(self._helper, name, staticmethod(function))
        if hasattr(self._helper, "show_numbered"):
            self._helper.show_numbered = staticmethod(self._numbering(self._helper.show_numbered, shell))
        own = shell.user_ns.get("display")
        if isinstance(own, types.FunctionType) and own.__module__ == "__main__":
            shell.user_ns["display"] = displayer(shell.display_pub, self._bundle)

    def _shower(self, shell: Shell) -> Callable[[Any], None]:
        def show(value: Any) -> None:
            self._result = value
            if value is not None:
                shell.displayhook.write_format_data(self._bundle(value))

        return show

    def _bundle(self, value: Any) -> dict[str, Any]:
        """The forms of a value, as the notebook has them."""
        return {**formats(value), **self._figures.pictures(value)}

    def _numbering(self, numbered: Callable[[Any, int], None], shell: Shell) -> Callable[[Any, int], None]:
        show = self._shower(shell)

        def show_numbered(value: Any, number: int) -> None:
            show(value)
            # The script's own keeps the result as `_` and in `Out`; what it prints is printed already.
            with contextlib.redirect_stdout(None):
                numbered(value, number)

        return show_numbered

    @contextlib.contextmanager
    def _goes_on(self, cell: str, error: str) -> Iterator[None]:
        """A cell that failed in the notebook fails here too, and the next one runs."""
        try:
            yield
        except (Exception, SystemExit) as raised:
            self._error = raised
            _print_traceback()


def _print_traceback() -> None:
    # A notebook does not print it: it is a message of its own.
    traceback.print_exc(file=getattr(sys.stderr, "stream", sys.stderr))
