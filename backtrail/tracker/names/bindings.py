"""Which names a cell binds, and how: a number that is merely written there is no result."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Bindings(NamedTuple):
    """The names that a cell binds; those bound to what it computed: in its own lines, or in loops only.

    ``emptied``: those that a loop binds to an empty list each time; ``filled``: those in which the cell only
    stores something, as in ``scores["ridge"] = …``; ``differences``: those bound to lists with the difference
    of each sample, ``[p - a for p, a in zip(…)]``.
    """

    all: frozenset[str]
    computed: frozenset[str]
    in_loops: frozenset[str]
    emptied: frozenset[str]
    filled: frozenset[str] = frozenset()
    differences: frozenset[str] = frozenset()


def bindings(trees: Iterable[ast.Module]) -> Bindings:
    """Reads the code of a cell. Functions and classes have names of their own and are passed over."""
    every: set[str] = set()
    computed: set[str] = set()
    in_loops: set[str] = set()
    emptied: set[str] = set()
    filled: set[str] = set()
    whole: set[str] = set()
    differences: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                filled.update(_names(node))
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                whole.add(node.id)
            elif isinstance(node, ast.Assign) and _are_differences(node.value):
                differences.update(name for target in node.targets for name in _names(target))
        emptied.update(_emptied(tree))
        for name, constant, looped in _bound(tree.body, False):
            every.add(name)
            if not constant:
                (in_loops if looped else computed).add(name)
    left_over = frozenset(in_loops - computed)
    only = frozenset(filled - whole)
    bound = (frozenset(every), frozenset(computed), left_over, frozenset(emptied), only)
    return Bindings(*bound, frozenset(differences))


def _bound(body: Iterable[ast.stmt], looped: bool) -> Iterator[tuple[str, bool, bool]]:
    for node in body:
        if isinstance(node, ast.Assign):
            constant = _is_constant(node.value)
            for target in node.targets:
                yield from ((name, constant, looped) for name in _names(target))
        elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            constant = node.value is None or (isinstance(node, ast.AnnAssign) and _is_constant(node.value))
            yield from ((name, constant, looped) for name in _names(node.target))
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            yield from _bound([*node.body, *node.orelse], True)
        elif isinstance(node, ast.If):
            yield from _bound([*node.body, *node.orelse], looped)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            yield from _bound(node.body, looped)
        elif isinstance(node, ast.Try):
            handlers = [statement for handler in node.handlers for statement in handler.body]
            yield from _bound([*node.body, *handlers, *node.orelse, *node.finalbody], looped)
        for inner in ast.walk(node) if isinstance(node, ast.Expr) else ():
            if isinstance(inner, ast.NamedExpr):
                yield from ((name, False, looped) for name in _names(inner.target))


def _are_differences(node: ast.expr) -> bool:
    """``[p - a for p, a in zip(predicted, actual)]``, as they are, without sign or squared."""
    return isinstance(node, ast.ListComp) and _is_difference(node.elt)


def _is_difference(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        absolute = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        return absolute in ("abs", "fabs") and bool(node.args) and _is_difference(node.args[0])
    if not isinstance(node, ast.BinOp):
        return False
    if isinstance(node.op, ast.Sub):
        return not any(isinstance(side, ast.Constant) for side in (node.left, node.right))
    return isinstance(node.op, ast.Pow) and _is_difference(node.left)


def _emptied(tree: ast.Module) -> Iterator[str]:
    loops = (node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.AsyncFor, ast.While)))
    for loop in loops:
        for node in loop.body:
            if isinstance(node, ast.Assign) and _is_empty(node.value):
                yield from (name for target in node.targets for name in _names(target))


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple):
        return any(_is_empty(element) for element in node.elts)
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "list"
    return (isinstance(node, ast.List) and not node.elts) or (made and not getattr(node, "args", None))


def _names(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _names(element)
    elif isinstance(target, (ast.Starred, ast.Subscript)):
        yield from _names(target.value)


def _is_constant(node: ast.expr) -> bool:  # noqa: PLR0911
    """Whether an expression is written out: 0, -1, None, float("inf"), 10 ** 9, np.inf."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand)
    if isinstance(node, ast.BinOp):
        return _is_constant(node.left) and _is_constant(node.right)
    if isinstance(node, ast.Attribute):
        return node.attr in ("inf", "nan", "NaN", "Inf", "maxsize", "pi")
    if isinstance(node, ast.DictComp):
        # {name: {"accuracy": 0.0, "history": []} for name in names}
        return _is_beginning(node.value)
    if isinstance(node, ast.Tuple):
        return all(_is_constant(element) for element in node.elts)
    if isinstance(node, ast.Call):
        return bool(node.args) and all(_is_constant(argument) for argument in node.args) and not node.keywords
    return False


def _is_beginning(node: ast.expr) -> bool:
    """Whether an expression is what something begins with: constants, and lists that are empty."""
    if isinstance(node, ast.Dict):
        return all(_is_beginning(value) for value in node.values)
    return _is_empty(node) or _is_constant(node)
