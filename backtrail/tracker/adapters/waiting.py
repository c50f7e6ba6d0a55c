"""Libraries that a cell has imported and that need not be listened to before it is answered.

To listen to all functions of a large library takes as long as to import a small one. A cell that does nothing
but import calls none of them, so for such a cell this is done after its answer, before anything else of the
notebook runs. As soon as code that is not installed may run, as a module of the user's that the cell
imports, it is done at once.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from types import FrameType, ModuleType
from typing import Any, Callable

from ..cellcode import CellCode
from ..installed import folders

_words = str.split

Attend = Callable[[str, ModuleType], None]

_PLAIN_MAGICS = frozenset({"autoreload", "config", "load_ext", "matplotlib"})
_SET_UP = frozenset({"logging", "matplotlib", "numpy", "pandas", "random", "seaborn", "warnings"})
_SETTINGS = frozenset(
    _words("""
    basicConfig filterwarnings seed set set_context set_option set_palette set_printoptions set_style
    set_theme simplefilter use
    """)
)
"""Functions of those modules that read no file and train nothing."""


class Waiting:
    """Holds what is to be given to ``attend``; ``shell`` is IPython's, whose namespace is only compared."""

    def __init__(self, shell: Any, attend: Attend) -> None:
        self._shell = shell
        self._attend = attend
        self._running: list[CellCode] = []
        self._held: list[tuple[str, ModuleType]] = []
        self._installed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._held)

    def begins(self, code: CellCode) -> None:
        """An execution is about to begin."""
        self.release()
        self._running.append(code)

    def ends(self, code: CellCode) -> None:
        """An execution has ended."""
        self.release()
        if code in self._running:
            self._running.remove(code)

    def takes(self, name: str, module: ModuleType) -> bool:
        """Holds a module that has just been executed, if it can wait."""
        running = self._running
        waits = len(running) == 1 and running[0].read(_only_imports) and self._in_cell()
        if waits:
            self._held.append((name, module))
        return waits

    def release(self) -> None:
        """Has everything attended to that waits."""
        while self._held:
            try:
                name, module = self._held.pop(0)
            except IndexError:
                return
            self._attend(name, module)

    def drop(self) -> None:
        """Forgets what waits."""
        self._held.clear()

    def knows(self, folders: Any) -> bool:
        """Whether a module is an installed one, by the folders in which its package has its modules."""
        return type(folders) is list and len(folders) == 1 and self._is_installed(folders[0])

    def meets(self, spec: Any) -> None:
        """A module was found, and will be executed if it has a loader: a mere folder has none."""
        harmless = spec.loader is None or spec.origin in ("built-in", "frozen")
        if not harmless and not self._is_installed(spec.origin):
            self.release()

    def _in_cell(self) -> bool:
        """Whether the cell itself, or installed code that it imports, imports what was imported just now."""
        names = self._shell.user_ns
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_globals is names:
                return True
            if not self._is_installed(dict.get(frame.f_globals, "__file__")) and not _of_imports(frame):
                return False
            frame = frame.f_back
        return False

    def _is_installed(self, path: Any) -> bool:
        self._installed = self._installed or folders()
        return type(path) is str and path.startswith(self._installed)


def _of_imports(frame: FrameType) -> bool:
    return dict.get(frame.f_globals, "__name__") in ("importlib._bootstrap", "importlib._bootstrap_external")


def _only_imports(trees: list[ast.Module]) -> bool:
    """Whether a cell imports, and besides sets values and options at the most."""
    if len(trees) != 1:
        return False
    bound: dict[str, str] = {}
    return all(_imports(one, bound) or _is_plain(one, bound) for one in trees[0].body)


def _imports(statement: ast.stmt, bound: dict[str, str]) -> bool:
    """Whether a statement imports; ``bound`` gets the names it binds to modules, with their packages."""
    if isinstance(statement, ast.Import):
        for one in statement.names:
            package = one.name.partition(".")[0]
            bound[one.asname or package] = package
        return True
    return isinstance(statement, ast.ImportFrom)


def _is_plain(statement: ast.stmt, bound: Mapping[str, str]) -> bool:
    if isinstance(statement, ast.Assign):
        names = all(isinstance(target, ast.Name) for target in statement.targets)
        return names and _is_literal(statement.value)
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Constant) or (isinstance(call, ast.Call) and _is_setting(call, bound))


def _is_setting(call: ast.Call, bound: Mapping[str, str]) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not isinstance(call.func, ast.Attribute) or not all(map(_is_literal, given)):
        return False
    if call.func.attr == "run_line_magic":
        first = call.args[0] if call.args else None
        return isinstance(first, ast.Constant) and first.value in _PLAIN_MAGICS
    owner: ast.expr = call.func.value
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return call.func.attr in _SETTINGS and isinstance(owner, ast.Name) and bound.get(owner.id) in _SET_UP


def _is_literal(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        return isinstance(value.operand, ast.Constant)
    if isinstance(value, (ast.List, ast.Tuple)):
        return all(map(_is_literal, value.elts))
    return isinstance(value, ast.Constant)
