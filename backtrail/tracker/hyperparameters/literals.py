"""The values of literals and of arithmetic with them, found without running anything."""

from __future__ import annotations

import ast
import math
import operator
from typing import Any, Callable

_LONGEST = 64
_DEEPEST = 8
_LARGEST_POWER = 128
NOTHING: Any = object()
"""Stands for "no literal", as None is one."""

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


def fold(node: ast.expr, depth: int = 0) -> Any:
    """The value of a literal, or `NOTHING`. Finite numbers, text, bools, None, lists, and dicts by text."""
    if depth > _DEEPEST:
        return NOTHING
    if isinstance(node, ast.Constant):
        return node.value if _is_plain(node.value) else NOTHING
    if isinstance(node, ast.UnaryOp):
        return _signed(node, depth)
    if isinstance(node, ast.BinOp):
        return _arithmetic(node, depth)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict)):
        return _container(node, depth)
    return _converted(node, depth) if isinstance(node, ast.Call) else NOTHING


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, (bool, int, str))


def _container(node: ast.List | ast.Tuple | ast.Set | ast.Dict, depth: int) -> Any:
    parts = node.values if isinstance(node, ast.Dict) else node.elts
    if len(parts) > _LONGEST:
        return NOTHING
    values = [fold(one, depth + 1) for one in parts]
    if any(value is NOTHING for value in values):
        return NOTHING
    if not isinstance(node, ast.Dict):
        return values
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    return dict(zip(keys, values)) if all(isinstance(key, str) for key in keys) else NOTHING


def _signed(node: ast.UnaryOp, depth: int) -> Any:
    value = fold(node.operand, depth + 1)
    if isinstance(node.op, ast.Not):
        return not value if type(value) is bool else NOTHING
    if type(value) not in (int, float) or isinstance(node.op, ast.Invert):
        return NOTHING
    return -value if isinstance(node.op, ast.USub) else value


def _arithmetic(node: ast.BinOp, depth: int) -> Any:
    left, right = fold(node.left, depth + 1), fold(node.right, depth + 1)
    if type(left) not in (int, float) or type(right) not in (int, float):
        return NOTHING
    operate = _OPERATORS.get(type(node.op))
    if operate is None or (operate is operator.pow and (abs(right) > _LARGEST_POWER or abs(left) > 1 << 20)):
        return NOTHING
    try:
        found = operate(left, right)
    except (ArithmeticError, ValueError):
        return NOTHING
    return found if _is_plain(found) else NOTHING


def _converted(node: ast.Call, depth: int) -> Any:
    """``int(1e5)``, ``list(range(1, 11))`` and ``tuple([64, 32])``."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    values = [fold(one, depth + 1) for one in node.args]
    if node.keywords or not values or any(value is NOTHING for value in values):
        return NOTHING
    first = values[0]
    if name in ("int", "float", "round") and len(values) == 1 and type(first) in (int, float):
        return float(first) if name == "float" else round(first) if name == "round" else int(first)
    if name in ("list", "tuple") and len(values) == 1 and type(first) is list:
        return first
    return _counted(values) if name == "range" else NOTHING


def _counted(bounds: list[Any]) -> Any:
    """The numbers of a short range."""
    if len(bounds) > 3 or not all(type(bound) is int for bound in bounds):
        return NOTHING
    try:
        numbers = range(*bounds)
    except ValueError:
        return NOTHING
    return list(numbers) if len(numbers) <= _LONGEST else NOTHING
