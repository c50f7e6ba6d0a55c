"""What expressions of a cell stand for, as far as that can be told without running any of it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, Optional, Union

from ..callees import is_a
from ..namespace import module_of

Plain = Union[str, int, float]

_PATH_MAKERS = frozenset({"Path", "PosixPath", "WindowsPath", "PurePath", "join"})
_SAME = frozenset({"str", "fspath", "abspath", "realpath", "normpath", "resolve", "absolute", "as_posix"})
_MOST_LISTED = 2000
_NAME_IN_COMMAND = re.compile(r"\{([^\W\d]\w*)\}|\$\{?([^\W\d]\w*)\}?")


class Expressions:
    """Resolves expressions by a namespace, of which only plain values are read."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def texts(self, node: ast.expr) -> Iterator[str]:
        """The texts that an argument stands for: one, or those of a list."""
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            for element in node.elts[:_MOST_LISTED]:
                yield from self.texts(element)
        elif isinstance(node, ast.Dict):
            for value in node.values[:_MOST_LISTED]:
                if value is not None:
                    yield from self.texts(value)
        elif isinstance(node, ast.Starred):
            yield from self.texts(node.value)
        else:
            value = self._value(node)
            if type(value) is list or type(value) is tuple:
                yield from (text for text in map(_text, value[:_MOST_LISTED]) if text is not None)
            elif type(value) is dict and "PATH" not in value:
                yield from (text for text in map(_text, list(value.values())[:_MOST_LISTED]) if text)
            else:
                text = _text(value)
                if text is not None:
                    yield text

    def command(self, text: str) -> str:
        """A line for the shell, with the names that IPython puts into it."""

        def put(match: re.Match[str]) -> str:
            text = _text(self._namespace.get(match[1] or match[2]))
            return match[0] if text is None else text

        return _NAME_IN_COMMAND.sub(put, text)

    def _value(self, node: ast.expr) -> Any:  # noqa: PLR0911
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self._namespace.get(node.id)
        if isinstance(node, ast.JoinedStr):
            return self._joined(node)
        if isinstance(node, ast.BinOp):
            left, right = _text(self._value(node.left)), _text(self._value(node.right))
            if left is None or right is None:
                return None
            if isinstance(node.op, ast.Div):
                return os.path.join(left, right)
            return left + right if isinstance(node.op, ast.Add) else None
        if isinstance(node, ast.Subscript):
            owner, key = self._value(node.value), self._value(node.slice)
            if type(owner) is dict and type(key) is str:
                return owner.get(key)
            listed = type(owner) is list or type(owner) is tuple
            if listed and type(key) is int and -len(owner) <= key < len(owner):
                return owner[key]
        return self._called(node) if isinstance(node, ast.Call) else None

    def _joined(self, node: ast.JoinedStr) -> str | None:
        parts = []
        for piece in node.values:
            if isinstance(piece, ast.Constant):
                parts.append(str(piece.value))
                continue
            if not isinstance(piece, ast.FormattedValue) or piece.conversion not in (-1, 115):
                return None
            value = self._value(piece.value)
            plain: Optional[Plain] = value if _is_plain(value) else _text(value)  # noqa: UP045
            form = self._joined(piece.format_spec) if isinstance(piece.format_spec, ast.JoinedStr) else ""
            if plain is None or form is None:
                return None
            try:
                parts.append(format(plain, form))
            except ValueError:
                return None
        return "".join(parts)

    def _called(self, node: ast.Call) -> str | None:
        name = called_name(node)
        if node.keywords:
            return None
        if name == "expanduser":
            inside = node.args[0] if node.args else _receiver(node)
            text = _text(self._value(inside)) if inside is not None else None
            return None if text is None else os.path.expanduser(text)
        if name in _SAME:
            inside = node.args[0] if node.args else _receiver(node)
            return _text(self._value(inside)) if inside is not None else None
        if name in _PATH_MAKERS or name == "joinpath":
            first = [_receiver(node)] if name == "joinpath" else []
            parts = [_text(self._value(part)) if part is not None else None for part in [*first, *node.args]]
            # "".join takes one argument, os.path.join more.
            if not parts or None in parts or (name == "join" and len(parts) < 2):
                return None
            return os.path.join(*[part for part in parts if part is not None])
        return None


def called_name(node: ast.Call) -> str:
    """The last name of what is called."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _receiver(node: ast.Call) -> ast.expr | None:
    return node.func.value if isinstance(node.func, ast.Attribute) else None


def _text(value: Any) -> str | None:
    if type(value) is str:
        return value
    if is_a(value, PurePath) and module_of(type(value)).partition(".")[0] == "pathlib":
        return str(value)
    return None


def _is_plain(value: Any) -> bool:
    # Not by `in`, which may ask the class whether it is equal.
    return type(value) is str or type(value) is int or type(value) is float
