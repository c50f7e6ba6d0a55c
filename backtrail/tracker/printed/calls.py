"""The calls that print, in the code of a cell: which name belongs to which number of what they print."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from ..cellcode import CellCode
from . import pieces

# What does not change which quantity it is: round(acc, 3), loss.item(), float(x), np.mean(scores).
_ASIDE = frozenset(
    {
        "item",
        "numpy",
        "cpu",
        "detach",
        "tolist",
        "squeeze",
        "data",
        "value",
        "result",
        "get",
        "pop",
        "values",
        "sum",
    }
)
_AROUND = frozenset(
    {
        "round",
        "float",
        "int",
        "str",
        "abs",
        "format",
        "mean",
        "average",
        "sum",
        "nanmean",
        "array",
        "asarray",
        "around",
    }
)
_PASSED = frozenset({"item", "float", "cpu", "numpy", "double", "astype", "to", "type", "long", "int"})
_RIGHT = frozenset({"correct", "n_correct", "num_correct", "correct_predictions"})
_SPREADS = {"std": "std", "var": "var", "min": "min", "max": "max", "median": "median"}
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::(?:[^{}]|\{[^{}]*\})*)?\}")
_PERCENT = re.compile(r"%%|%(?:\((\w+)\))?[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[diouxXeEfFgGcrsa]")
_HOLE = r"(\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|.*?)"
"""What an expression may be printed as: a tuple, list or dictionary as a whole, or any text."""
_MOST_TEMPLATES = 200
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
            for statement in tree.body:
                found = [
                    (node.lineno, node.col_offset, template)
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Call) and (template := _template(node)) is not None
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

    def __init__(self, parts: Sequence[str | ast.expr]) -> None:
        self._names = [name_of(part) for part in parts if not isinstance(part, str)]
        self.text = sum(len(part.strip()) for part in parts if isinstance(part, str))
        holes = (_HOLE if not isinstance(part, str) else re.escape(part) for part in parts)
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
            found.append(name)
        return found


def name_of(node: ast.expr) -> str | None:  # noqa: PLR0911
    """The name of the quantity that an expression stands for, None when it has none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.FormattedValue):
        return name_of(node.value)
    if isinstance(node, ast.Attribute):
        return name_of(node.value) if node.attr in _ASIDE or node.attr == "T" else node.attr
    if isinstance(node, ast.Subscript):
        key = node.slice
        key = key.value if type(key).__name__ == "Index" else key  # type: ignore[attr-defined]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return key.value
        return name_of(node.value)
    share = _share(node)
    if share is not None:
        return share
    if isinstance(node, ast.BinOp):
        left = name_of(node.left)
        if left in _RIGHT and isinstance(node.op, ast.Div):
            return "accuracy"
        if isinstance(node.op, ast.Sub) and isinstance(node.left, ast.Constant):
            return None
        return left if left is not None else name_of(node.right) if isinstance(node.op, ast.Mult) else None
    if isinstance(node, ast.UnaryOp):
        return name_of(node.operand)
    if isinstance(node, ast.Await):
        return name_of(node.value)
    if isinstance(node, ast.Call):
        return _name_of_call(node)
    return None


def _share(node: ast.expr) -> str | None:
    """``(p == y).mean()`` and ``(p == y).sum() / n`` are accuracies, though nothing says so."""
    wanted = "mean"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        node, wanted = node.left, "sum"
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _PASSED:
        node = node.func.value
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr != wanted:
        return None
    inner = node.args[0] if node.args and _is_module(function.value) else function.value
    while (
        isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr in _PASSED
    ):
        inner = inner.func.value
    if not isinstance(inner, ast.Compare) or len(inner.ops) != 1:
        return None
    sides = (inner.left, inner.comparators[0])
    if any(isinstance(side, (ast.Constant, ast.UnaryOp)) for side in sides):
        # The share of a class.
        return None
    return {ast.Eq: "accuracy", ast.NotEq: "error"}.get(type(inner.ops[0]))


def _name_of_call(node: ast.Call) -> str | None:  # noqa: PLR0911
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in _AROUND:
            return name_of(node.args[0]) if node.args else None
        if function.id in ("min", "max") and node.args:
            inner = name_of(node.args[0])
            return f"{inner}_{function.id}" if inner else None
        return function.id if function.id != "len" else None
    if isinstance(function, ast.Attribute):
        first = node.args[0] if node.args else None
        if function.attr in _SPREADS:
            base = (
                name_of(first)
                if first is not None and _is_module(function.value)
                else name_of(function.value)
            )
            return f"{base}_{_SPREADS[function.attr]}" if base else None
        if (
            function.attr in ("get", "pop")
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            return first.value
        if function.attr in _AROUND:
            return (
                name_of(first)
                if first is not None and _is_module(function.value)
                else name_of(function.value)
            )
        if function.attr in _ASIDE:
            return name_of(function.value)
        if function.attr == "sqrt" and first is not None:
            inner = name_of(first)
            return "rmse" if inner in ("mse", "mean_squared_error") else inner
        return function.attr
    return None


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in (
        "np",
        "numpy",
        "torch",
        "tf",
        "statistics",
        "jnp",
        "math",
        "K",
    )


def _template(node: ast.Call) -> _Template | None:
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
        return _Template(_one_line(parts)) if parts else None
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
            parts.append(values[index] if index < len(values) else ast.Constant(value=None))
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
        parts.append(value if value is not None else ast.Name(id="_", ctx=ast.Load()))
    return [*parts, text[end:]]
