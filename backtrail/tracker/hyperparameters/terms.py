"""What an expression says without being run: a literal, a name, a mapping of such, or a call."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple, Union

from .literals import NOTHING, fold

_DEEPEST = 8
_WHOLE = (("int",), ("round",), ("math", "floor"), ("math", "ceil"), ("np", "floor"), ("np", "ceil"))


class Plain(NamedTuple):
    """A literal, or arithmetic of literals: numbers, text, bools, None, and lists and dicts of such."""

    value: Any


class Named(NamedTuple):
    """A name, with the attributes or constant keys that are read from it: ``config["lr"]``."""

    path: tuple[str, ...]


class Items(NamedTuple):
    """A mapping with text for keys; ``maker`` is what makes an object of it, () for a dict."""

    items: dict[str, Any]
    maker: tuple[str, ...]


class Chosen(NamedTuple):
    """One of several literals, or one that is read from outside: only the namespace knows which."""

    default: Any


class Share(NamedTuple):
    """A part of how many there are of something: ``int(0.8 * len(data))``."""

    value: float


class Unknown(NamedTuple):
    """Anything else."""


UNKNOWN = Unknown()

Term = Union[Plain, Named, Items, Chosen, Share, Unknown]


def term(node: ast.expr, depth: int = 0) -> Term:
    """The term of an expression."""
    if depth > _DEEPEST:
        return UNKNOWN
    value = fold(node)
    if value is not NOTHING:
        return Plain(value)
    single = node.elts[0] if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) == 1 else node
    path = dotted(single)
    if path:
        # ``(hidden,)`` is ``hidden`` as far as it matters here.
        return Named(path)
    if isinstance(node, ast.Dict):
        return _items(node, depth)
    if isinstance(node, (ast.IfExp, ast.BoolOp)):
        return _chosen(node)
    return _called(node, depth) if isinstance(node, ast.Call) else UNKNOWN


def _called(node: ast.Call, depth: int) -> Term:
    share = _share(node)
    return _made(node, depth) if share is None else Share(share)


def _share(node: ast.Call) -> float | None:
    """The literal between 0 and 1 by which a whole number is made of a number of rows."""
    if not node.args or callee(node) not in _WHOLE:
        return None
    product = node.args[0]
    if not (isinstance(product, ast.BinOp) and isinstance(product.op, ast.Mult)):
        return None
    for literal, other in ((product.left, product.right), (product.right, product.left)):
        value = fold(literal)
        if type(value) is float and 0 < value < 1:
            length = isinstance(other, ast.Call) and callee(other) == ("len",)
            shape = isinstance(other, ast.Subscript) and dotted(other.value)[-1:] == ("shape",)
            return value if length or shape or isinstance(other, ast.Name) else None
    return None


def dotted(node: ast.expr) -> tuple[str, ...]:
    """``a.b["c"]`` as its parts; empty for what is more than names and constant keys."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            key = node.slice
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                return ()
            parts.append(key.value)
            node = node.value
        elif isinstance(node, ast.Name):
            return (node.id, *reversed(parts))
        else:
            return ()


def callee(node: ast.Call) -> tuple[str, ...]:
    """What a call calls, by its names; ``("", "fit")`` for a method of an expression."""
    path = dotted(node.func)
    if path:
        return path
    return ("", node.func.attr) if isinstance(node.func, ast.Attribute) else ("",)


def _items(node: ast.Dict, depth: int) -> Term:
    found: dict[str, Any] = {}
    for key, value in zip(node.keys, node.values):
        if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
            # With keys that are numbers, or computed, it is data; ``**other`` adds to what can be read.
            if key is None:
                continue
            return UNKNOWN
        found[key.value] = term(value, depth + 1)
    return Items(found, ())


def _chosen(node: ast.IfExp | ast.BoolOp) -> Term:
    branches = [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values[-1:]
    values = [fold(branch) for branch in branches]
    return UNKNOWN if any(value is NOTHING for value in values) else Chosen(None)


def _made(node: ast.Call, depth: int) -> Term:
    path = callee(node)
    if path[-1] in ("int", "float", "str", "bool") and len(node.args) == 1 and len(path) == 1:
        inner = node.args[0]
        return _made(inner, depth) if isinstance(inner, ast.Call) and depth < _DEEPEST else UNKNOWN
    if path in (("os", "environ", "get"), ("os", "getenv"), ("environ", "get"), ("getenv",)):
        return Chosen(fold(node.args[1])) if len(node.args) > 1 else UNKNOWN
    found = {one.arg: term(one.value, depth + 1) for one in node.keywords if one.arg is not None}
    for inner in [*node.args, *(one.value for one in node.keywords if one.arg is None)]:
        if isinstance(inner, ast.Dict):
            given = term(inner, depth + 1)
            if isinstance(given, Plain):
                found |= {key: Plain(value) for key, value in given.value.items()}
            elif isinstance(given, Items):
                found |= given.items
    return Items(found, () if path == ("dict",) else path)
