"""The calls that print, in the code of a cell: which name belongs to which number of what they print."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence

from ..cellcode import CellCode
from ..names import words
from . import pieces
from .quantities import given_by_functions, known_as, made_by

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::(?:[^{}]|\{[^{}]*\})*)?\}")
_PERCENT = re.compile(r"%%|%(?:\((\w+)\))?[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[diouxXeEfFgGcrsa]")
_HOLE = r"(\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|.*?)"
"""What an expression may be printed as: a tuple, list or dictionary as a whole, or any text."""
_LETTER = re.compile(r"[A-Za-z]")
_NUMERIC_HOLE = r"(\s*[-+]?(?:[\d,]*\.?\d+(?:[eE][-+]?\d+)?|nan|inf)%?\s*)"
_NUMERIC = re.compile(r"[\d,.][fFeEgG%]$|^[fFeEgG%]$|d$")
_MOST_TEMPLATES = 200
_LONGEST_ROW = 60
_MAY_DEFINE = re.compile(r"\b(?:def|class)\b")
_DEFINE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Calls:
    """The calls that print, of the present cell and of the functions that cells before it defined."""

    def __init__(self) -> None:
        self._unread: list[CellCode] = []
        """Cells that began, the present one last; they are read when there is a line to understand."""
        self._own: list[_Template] = []
        self._functions: list[_Template] = []
        self._last = -1
        self._by_form: dict[tuple[str, ...], list[tuple[int, Sequence[str | None]]]] = {}

    def begin(self, code: CellCode) -> None:
        """Another cell prints."""
        last = self._unread[-1] if self._unread else None
        if last is not None and not _MAY_DEFINE.search(last.source):
            # It defined nothing that the next ones may call.
            self._unread.pop()
        self._unread.append(code)

    def _read(self, trees: Iterable[ast.Module]) -> None:
        self._own, self._last = [], -1
        self._by_form.clear()
        defined: list[_Template] = []
        for tree in trees:
            given = given_by_functions(tree)
            for statement in tree.body:
                found = [
                    (node.lineno, node.col_offset, template)
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Call) and (template := _template(node, given)) is not None
                ]
                templates = [template for _line, _column, template in sorted(found, key=lambda one: one[:2])]
                self._own += templates
                if isinstance(statement, _DEFINE):
                    defined += templates
        self._functions = [*defined, *self._functions][:_MOST_TEMPLATES]

    def names(self, line: str) -> Sequence[str | None]:
        """A name, or None, for each number of ``line``; none where no call is known that prints such a line.

        Of several calls it is the one with the most text, then the next after the one that printed before.
        """
        form, numbers = pieces.split(line)
        if not numbers:
            return ()
        while self._unread:
            self._read(self._unread.pop(0).trees)
        found = self._by_form.get(form)
        if found is None:
            if len(self._by_form) > _MOST_TEMPLATES:
                self._by_form.clear()
            found = self._by_form[form] = self._search(line)
        if not found:
            return ()
        place, names = next((one for one in found if one[0] > self._last), found[0])
        self._last = place
        return names

    def _search(self, line: str) -> list[tuple[int, Sequence[str | None]]]:
        best: list[tuple[int, Sequence[str | None]]] = []
        text = -1
        for templates, first in ((self._own, 0), (self._functions, -1)):
            for index, template in enumerate(templates):
                names = template.names(line) if template.text >= text else None
                if names is not None:
                    if template.text > text:
                        best, text = [], template.text
                    best.append((index if first == 0 else -1, names))
            if best:
                break
        return best


class _Template:
    """What a call prints: texts, and expressions of which only the names are known."""

    def __init__(self, parts: Sequence[str | ast.expr], given: Mapping[str, str]) -> None:
        self._names = [known_as(part, given) for part in parts if not isinstance(part, str)]
        self._kept = _kept(parts)
        self._made = made_by(parts[0]) if len(parts) == 1 and not isinstance(parts[0], str) else ""
        self.text = sum(len(part.strip()) for part in parts if isinstance(part, str))
        holes = (re.escape(part) if isinstance(part, str) else _hole(part) for part in parts)
        self._form = re.compile(r"\s*" + "".join(holes) + r"\s*", re.S)

    def names(self, line: str) -> list[str | None] | None:
        """The names of the numbers in a line, None when it is not of this form."""
        match = self._form.fullmatch(line)
        if match is None:
            return None
        found: list[str | None] = []
        for start, end in pieces.spans(line):
            name = None
            for index, hole in enumerate(self._names, 1):
                first, last = match.span(index)
                if first <= start and end <= last:
                    several = len(pieces.spans(line[first:last])) > 1
                    name = None if several else hole
                    row = self._row(match, index) if name else ""
                    name = f"{name}/{row}" if row else name
                    if self._made and _LETTER.search(line[first:start]):
                        # A line of what print(results.mean()) shows.
                        name = self._made
            found.append(name)
        return found

    def _row(self, match: re.Match[str], hole: int) -> str:
        """The text that an expression before a number gave, as the name of one of several models."""
        for before in range(hole - 1, 0, -1):
            if before + 1 not in self._kept:
                return ""
            text = match.group(before)
            if _LETTER.search(text):
                # A duration, as 1m 3s, is none.
                named = _LETTER.match(text.lstrip()) and len(text) <= _LONGEST_ROW
                return words.label(text) if named and not pieces.spans(text) else ""
        return ""


def _hole(node: ast.expr) -> str:
    """What an expression may be printed as; one that is formatted as a number is a number."""
    specification = getattr(node, "format_spec", None)
    values = specification.values if isinstance(specification, ast.JoinedStr) else []
    last = values[-1] if values else None
    told = isinstance(last, ast.Constant) and _NUMERIC.search(str(last.value))
    return _NUMERIC_HOLE if told else _HOLE


def _formatted_as(node: ast.expr, specification: str) -> ast.expr:
    """An expression of ``%`` or ``format``, with how it is printed, as it would stand in an f-string."""
    told = ast.JoinedStr(values=[ast.Constant(value=specification)])
    return ast.FormattedValue(value=node, conversion=-1, format_spec=told)


def _kept(parts: Sequence[str | ast.expr]) -> frozenset[int]:
    """The places, from 1, of the expressions between which and the one before no word is printed."""
    found, hole, plain = set(), 0, True
    for part in parts:
        if isinstance(part, str):
            plain = plain and not _LETTER.search(part)
        else:
            hole += 1
            if plain:
                found.add(hole)
            plain = True
    return frozenset(found)


def _template(node: ast.Call, given: Mapping[str, str]) -> _Template | None:
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
        return _Template(_one_line(parts), given) if parts else None
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
