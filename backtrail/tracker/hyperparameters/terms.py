"""What an expression says without being run: a literal, a name, a mapping of such, or a call."""

from __future__ import annotations

import ast
import math
from typing import Any, NamedTuple, Optional, Union

_LONGEST = 64
_DEEPEST = 8
_LARGEST_POWER = 128


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


class Unknown(NamedTuple):
    """Anything else."""


UNKNOWN = Unknown()
NOTHING: Any = object()

Term = Union[Plain, Named, Items, Chosen, Unknown]


def term(node: ast.expr, depth: int = 0) -> Term:
    """The term of an expression."""
    if depth > _DEEPEST:
        return UNKNOWN
    value = fold(node)
    if value is not NOTHING:
        return Plain(value)
    path = dotted(node)
    if path:
        return Named(path)
    if isinstance(node, ast.Dict):
        return _items(node, depth)
    if isinstance(node, (ast.IfExp, ast.BoolOp)):
        return _chosen(node)
    return _made(node, depth) if isinstance(node, ast.Call) else UNKNOWN


def fold(node: ast.expr, depth: int = 0) -> Any:
    """The value of a literal, or `NOTHING`. Finite numbers, text, bools, None, lists, and dicts by text."""
    if depth > _DEEPEST:
        return NOTHING
    if isinstance(node, ast.Constant):
        return node.value if _is_plain(node.value) else NOTHING
    if isinstance(node, (ast.UnaryOp, ast.BinOp)):
        return _arithmetic(node, depth)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        if len(node.elts) > _LONGEST:
            return NOTHING
        values = [fold(one, depth + 1) for one in node.elts]
        return NOTHING if any(value is NOTHING for value in values) else values
    if isinstance(node, ast.Dict):
        pairs = [
            (key.value if isinstance(key, ast.Constant) else None, fold(value, depth + 1))
            for key, value in zip(node.keys, node.values)
        ]
        good = all(isinstance(key, str) and value is not NOTHING for key, value in pairs)
        return dict(pairs) if good and len(pairs) <= _LONGEST else NOTHING
    if isinstance(node, ast.Call):
        return _converted(node, depth)
    return NOTHING


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


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, (bool, int, str))


def _arithmetic(node: ast.UnaryOp | ast.BinOp, depth: int) -> Any:
    if isinstance(node, ast.UnaryOp):
        one = fold(node.operand, depth + 1)
        if isinstance(node.op, ast.Not) and type(one) is bool:
            return not one
        if type(one) not in (int, float):
            return NOTHING
        return -one if isinstance(node.op, ast.USub) else one if isinstance(node.op, ast.UAdd) else NOTHING
    left, right = fold(node.left, depth + 1), fold(node.right, depth + 1)
    if type(left) not in (int, float) or type(right) not in (int, float):
        return NOTHING
    try:
        found = _operate(node.op, left, right)
    except (ArithmeticError, ValueError):
        return NOTHING
    return found if _is_plain(found) else NOTHING


def _operate(operator: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Sub):
        return left - right
    if isinstance(operator, ast.Mult):
        return left * right
    if isinstance(operator, ast.Div):
        return left / right
    if isinstance(operator, ast.FloorDiv):
        return left // right
    if isinstance(operator, ast.Mod):
        return left % right
    if isinstance(operator, ast.Pow) and abs(right) <= _LARGEST_POWER and abs(left) <= 1 << 20:
        return left**right
    return NOTHING


def _converted(node: ast.Call, depth: int) -> Any:
    """``int(1e5)``, ``list(range(1, 11))`` and ``tuple([64, 32])``."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if node.keywords or not node.args:
        return NOTHING
    values = [fold(one, depth + 1) for one in node.args]
    if any(value is NOTHING for value in values):
        return NOTHING
    first = values[0]
    if name in ("int", "float", "round") and len(values) == 1 and type(first) in (int, float):
        return {"int": int, "float": float, "round": round}[name](first)
    if name in ("list", "tuple") and len(values) == 1 and type(first) is list:
        return first
    if name == "range" and all(type(value) is int for value in values) and len(values) <= 3:
        try:
            numbers = range(*values)
        except ValueError:
            return NOTHING
        return list(numbers) if len(numbers) <= _LONGEST else NOTHING
    return NOTHING


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


Known = Optional[Term]
