"""What the source of a cell says that it does with names, in the order in which it does it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from . import magics, shellwords, unknown
from .flow import CellNames
from .paths import called, dotted
from .statements import Statements


def read(trees: Iterable[ast.Module]) -> CellNames:
    """Reads the trees of a cell: first the cell itself, then the code of its magics."""
    found = CellNames()
    flow = _Reader(found)
    for index, tree in enumerate(trees):
        flow.tree(tree, certain=index == 0)
    return found


class _Reader(Statements):
    """Reads whole cells: their calls may do more to the names than is written there."""

    def _call(self, node: ast.Call) -> None:
        path = dotted(node.func)
        # IPython's own calls, which magics and shell lines became.
        if isinstance(node.func, ast.Attribute) and _is_shell(node.func.value):
            self._not_known(magics.way_in(node))
            told = magics.read(node)
            if told is not None:
                for name in shellwords.names(told.text):
                    self._load(name)
                self._found.unknown.update(dict.fromkeys(told.unknown))
                self._found.imports.update([told.library] if told.library else [])
                return
        self._not_known(unknown.reason_of_call(node, path))
        if path in (["setattr"], ["delattr"]) and node.args and dotted(node.args[0]):
            self._found.patches.add(".".join(dotted(node.args[0])))
        if path[-1:] == ["reload"] and node.args and dotted(node.args[0]):
            self._found.patches.add(".".join(dotted(node.args[0])))
        for tree in _constant_code(node, path):
            self._body(tree.body)
        for child in ast.iter_child_nodes(node):
            self._visit(child)


def _is_shell(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) == "get_ipython"


def _constant_code(node: ast.Call, path: list[str]) -> list[ast.Module]:
    """What ``exec("…")`` executes, where it is written there."""
    if path not in (["exec"], ["eval"]) or len(node.args) != 1 or node.keywords:
        return []
    argument = node.args[0]
    if not isinstance(argument, ast.Constant) or type(argument.value) is not str:
        return []
    try:
        return [ast.parse(argument.value)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


_METHODS: dict[type, Any] = {
    ast.Name: _Reader._name,
    ast.Attribute: _Reader._attribute,
    ast.Assign: _Reader._assign,
    ast.AugAssign: _Reader._augmented,
    ast.AnnAssign: _Reader._annotated,
    ast.NamedExpr: _Reader._walrus,
    ast.For: _Reader._for,
    ast.AsyncFor: _Reader._for,
    ast.While: _Reader._while,
    ast.If: _Reader._if,
    ast.Try: _Reader._try,
    ast.ExceptHandler: _Reader._handler,
    ast.With: _Reader._with,
    ast.AsyncWith: _Reader._with,
    ast.Import: _Reader._import,
    ast.ImportFrom: _Reader._import_from,
    ast.Delete: _Reader._delete,
    ast.FunctionDef: _Reader._function,
    ast.AsyncFunctionDef: _Reader._function,
    ast.Lambda: _Reader._lambda,
    ast.ClassDef: _Reader._class,
    ast.ListComp: _Reader._comprehension,
    ast.SetComp: _Reader._comprehension,
    ast.DictComp: _Reader._comprehension,
    ast.GeneratorExp: _Reader._comprehension,
    ast.Call: _Reader._call,
    ast.IfExp: _Reader._either,
    ast.BoolOp: _Reader._logical,
}
for _name, _method in (
    ("TryStar", _Reader._try),
    ("Match", _Reader._match),
    ("MatchAs", _Reader._captured),
    ("MatchStar", _Reader._captured),
    ("MatchMapping", _Reader._captured),
):
    if hasattr(ast, _name):
        _METHODS[getattr(ast, _name)] = _method
_Reader.methods = _METHODS
