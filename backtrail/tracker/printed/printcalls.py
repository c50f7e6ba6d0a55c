"""The calls that print, as they stand in the code of a cell: texts, and the expressions between them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from .template import Template

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::(?:[^{}]|\{[^{}]*\})*)?\}")
_PERCENT = re.compile(r"%%|%(?:\((\w+)\))?[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[diouxXeEfFgGcrsa]")
_SCOPES = (ast.For, ast.AsyncFor, ast.While, ast.FunctionDef, ast.AsyncFunctionDef)


_MOST_TRIED = 50
_SPACED = frozenset(("linspace", "arange", "logspace", "geomspace"))


def printing(tree: ast.stmt, given: Mapping[str, str], lists: Collection[str]) -> list[Template]:
    """The calls that print in a statement, in the order of the source.

    ``lists``: the names that stand for lists of written numbers.
    """
    found = sorted(_printing(tree, lists), key=lambda one: (one[0].lineno, one[0].col_offset))
    templates = []
    for node, scope, swept in found:
        template = _template(node, given)
        if template is not None:
            template.scope = scope
            template.swept = swept
            templates.append(template)
    return templates


def _printing(tree: ast.AST, lists: Collection[str]) -> Iterator[tuple[ast.Call, int, frozenset[str]]]:
    """The calls, each with the line of the loop or function around it, and the names that loops sweep there.

    No recursion: sums may be long.
    """
    waiting = [(tree, 0, frozenset[str]())]
    while waiting:
        node, scope, swept = waiting.pop()
        if isinstance(node, ast.Call):
            yield node, scope, swept
        if isinstance(node, _SCOPES):
            scope = node.lineno
            swept |= _sweeps(node, lists)
        waiting += [(child, scope, swept) for child in ast.iter_child_nodes(node)]


def number_lists(statement: ast.stmt) -> set[str]:
    """The names that a statement binds to lists of written numbers."""
    if not isinstance(statement, ast.Assign) or not _is_written(statement.value):
        return set()
    return {target.id for target in statement.targets if isinstance(target, ast.Name)}


def _is_written(node: ast.expr) -> bool:
    values = node.elts if isinstance(node, (ast.List, ast.Tuple)) else []
    return 1 < len(values) <= _MOST_TRIED and all(
        isinstance(one, ast.Constant) and type(one.value) in (int, float) for one in values
    )


def _sweeps(node: ast.AST, lists: Collection[str]) -> set[str]:
    """The name to which a loop gives written numbers, one after another: ``for lam in [0.5, 0.7]``."""
    if not isinstance(node, ast.For) or not isinstance(node.target, ast.Name):
        return set()
    written = _is_written(node.iter) or (isinstance(node.iter, ast.Name) and node.iter.id in lists)
    spaced = isinstance(node.iter, ast.Call) and getattr(node.iter.func, "attr", "") in _SPACED
    return {node.target.id} if written or spaced else set()


def _template(node: ast.Call, given: Mapping[str, str]) -> Template | None:
    function = node.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if name not in ("print", "write", "info", "debug", "warning", "log", "echo", "display", "pprint"):
        return None
    separator = " "
    for keyword in node.keywords:
        if keyword.arg == "sep" and isinstance(keyword.value, ast.Constant):
            separator = str(keyword.value.value)
    parts: list[str | ast.expr] = []
    for argument in node.args:
        if parts:
            parts.append(separator)
        parts += _parts(argument)
    try:
        return Template(_one_line(parts), given) if parts else None
    except re.error:
        return None


def _one_line(parts: list[str | ast.expr]) -> list[str | ast.expr]:
    """Without the ends of lines before and after; a call that prints several lines is left to the text."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return parts


def _parts(node: ast.expr) -> list[str | ast.expr]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return [str(value.value) if isinstance(value, ast.Constant) else value for value in node.values]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        text = _text(node.left)
        if text is not None:
            values = list(node.right.elts) if isinstance(node.right, ast.Tuple) else [node.right]
            return _filled(text, _PERCENT, values, "%%", "%")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [*_parts(node.left), *_parts(node.right)]
        if any(isinstance(side, str) for side in sides):
            return sides
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        text = _text(node.func.value)
        if text is not None:
            named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            return _formatted(text, node.args, named)
    return [node]


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _filled(
    text: str, field: re.Pattern[str], values: list[ast.expr], escaped: str, plain: str
) -> list[str | ast.expr]:
    parts: list[str | ast.expr] = []
    end, index = 0, 0
    for match in field.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match.group() == escaped:
            parts.append(plain)
        else:
            value = values[index] if index < len(values) else ast.Constant(value=None)
            parts.append(_formatted_as(value, match.group()[1:]))
            index += 1
    return [*parts, text[end:]]


def _formatted(text: str, values: Sequence[ast.expr], named: dict[str, ast.expr]) -> list[str | ast.expr]:
    parts: list[str | ast.expr] = []
    end, index = 0, 0
    for match in _FIELD.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match.group() in ("{{", "}}"):
            parts.append(match.group()[0])
            continue
        key = re.split(r"[.\[]", match.group(1))[0]
        value: ast.expr | None = None
        if not key:
            value, index = (values[index] if index < len(values) else None), index + 1
        elif key.isdigit():
            value = values[int(key)] if int(key) < len(values) else None
        else:
            value = named.get(key)
        told = match.group().strip("{}").partition(":")[2]
        parts.append(_formatted_as(value if value is not None else ast.Name(id="_", ctx=ast.Load()), told))
    return [*parts, text[end:]]


def _formatted_as(node: ast.expr, specification: str) -> ast.expr:
    """An expression of ``%`` or ``format``, with how it is printed, as it would stand in an f-string."""
    told = ast.JoinedStr(values=[ast.Constant(value=specification)])
    return ast.FormattedValue(value=node, conversion=-1, format_spec=told)
