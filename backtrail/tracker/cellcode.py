"""The code of one execution, parsed once for all who read it."""

from __future__ import annotations

import ast
import re
import threading
import warnings
from collections import OrderedDict
from typing import Any, Callable, TypeVar

_T = TypeVar("_T")

_MOST_KNOWN = 64
_LONGEST_KNOWN = 2048
"""Characters. The trees of so long a cell take about 250 kB."""

_PARSED_MAGICS = frozenset({"time", "timeit", "prun", "memit", "capture"})
"""Magics that execute Python in the namespace of the notebook."""

_WITH_VALUE = {"timeit": "nrp", "prun": "lsTD", "memit": "rti"}
"""The options of magics that take a value. What follows the options is Python, but for `capture`."""

_MAY_WARN = re.compile(r"\\|\d[\w.]*[A-Za-z]")
"""What Python may warn of while it parses: escapes, and numbers that run into words."""

_MAGIC = re.compile(r"%%?[A-Za-z]|%%?!|!")
"""How a line of a magic or of the shell begins; ``% (a, b)`` goes on with the line before."""


class CellCode:
    """``source`` is what the user wrote, ``transformed`` what IPython made of it (None: it does not tell)."""

    __slots__ = ("_told", "_trees", "source", "transformed")

    def __init__(self, source: str, transformed: str | None = None) -> None:
        self.source = source
        self.transformed = transformed
        self._trees: list[ast.Module] | None = None
        self._told: dict[Any, Any] = {}

    def prepare(self) -> None:
        """Before the cell runs: parses what might warn now, which may not be done beside the user's code."""
        text = self.source if self.transformed is None else self.transformed
        if self._trees is None and _MAY_WARN.search(text):
            self._trees = _parse(self.source, self.transformed)

    @property
    def trees(self) -> list[ast.Module]:
        """The cell, then the code of its magics that execute Python; empty when it cannot be parsed.

        The trees are shared: nobody may change them.
        """
        if self._trees is None:
            self._trees = _parse(self.source, self.transformed)
        return self._trees

    def read(self, reader: Callable[[list[ast.Module]], _T]) -> _T:
        """What ``reader`` makes of the trees and of nothing else, read once; nobody may change it."""
        if reader not in self._told:
            self._told[reader] = reader(self.trees)
        told: _T = self._told[reader]
        return told


class CellCodes:
    """The code of the latest executions: a cell that is executed again is not read again."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str | None], CellCode] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, source: str, transformed: str | None) -> CellCode:
        """The code of an execution."""
        if len(source) > _LONGEST_KNOWN:
            return CellCode(source, transformed)
        key = source, transformed
        with self._lock:
            code = self._known.pop(key, None) or CellCode(source, transformed)
            self._known[key] = code
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return code


def _parse(source: str, transformed: str | None) -> list[ast.Module]:
    text = source if transformed is None else transformed
    try:
        if _MAY_WARN.search(text):
            with warnings.catch_warnings():
                # The user is told by Python itself, once. What was told is forgotten by this, so only here.
                warnings.simplefilter("ignore")
                tree = _parsed(source, transformed)
        else:
            tree = _parsed(source, transformed)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    trees = [tree]
    for node in ast.walk(tree) if "_magic" in text else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if (
                node.func.attr in ("run_line_magic", "run_cell_magic")
                and words[:1]
                and words[0] in _PARSED_MAGICS
            ):
                for text in _code_of(*map(str, words[:3])):
                    trees += _parse(text, None)
    return trees


def _code_of(name: str, line: str = "", body: str | None = None) -> list[str]:
    """The Python that a magic executes: what follows its options, and what stands below it."""
    values = _WITH_VALUE.get(name, "")
    option = rf"(?:-[{values}] ?[^\s-]\S*|-[A-Za-z]+|--[\w-]+)" if values else r"--[A-Za-z][\w-]*"
    rest = re.sub(rf"^\s*(?:{option}(?:\s+|$))*", "", line)
    code = [rest] if rest and name != "capture" else []
    return [*code, *([] if body is None else [body])]


def _parsed(source: str, transformed: str | None) -> ast.Module:
    """A cell as IPython transformed it, or else without its magics, if it has any, which are not known."""
    if transformed is not None:
        return ast.parse(transformed)
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.parse(_without_magics(source))


def _without_magics(source: str) -> str:
    """A cell without its magics, for the versions of IPython that do not say what they make of one."""
    cell_magic = re.match(r"\s*%%(\w*)", source)
    if cell_magic and cell_magic[1] not in _PARSED_MAGICS:
        return ""
    lines = source.splitlines()
    for index, line in enumerate(lines):
        code = line.lstrip()
        if _MAGIC.match(code):
            magic = re.match(r"%(time|timeit|prun|memit|capture)\b(.*)", code)
            rest = _code_of(magic[1], magic[2]) if magic else []
            lines[index] = line[: len(line) - len(code)] + (rest[0].strip() if rest else "pass")
    return "\n".join(lines)
