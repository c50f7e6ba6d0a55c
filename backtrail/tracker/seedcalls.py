"""Which seeds a cell sets, read from its source, with the values that its names have afterwards.

Seed functions are not wrapped: names imported earlier would go round it, and pickling them would fail.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from types import FunctionType
from typing import Any, NamedTuple, Optional, Union

from .callees import SEEDERS, Names, attributes, is_a
from .cellcode import CellCode
from .seedloops import Loops

_WORDS = re.compile(r"seed|random_state|default_rng|RandomState|Random\(|Philox|PCG64|MT19937|SFC64")
_FIRST = frozenset({"seed", "a", "x", "new_seed"})
"""The names of the seed where it is given by name."""
_KEYWORDS = frozenset({"random_state", "seed", "random_seed"})
_DEEPEST = 4
_LARGEST = 1 << 64
"""Of whole numbers that are multiplied."""

_Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]
_NOTHING: Any = object()


class SeedCall(NamedTuple):
    """A seed that a cell says it sets; ``value`` None: the system is asked for one."""

    library: str
    value: Any
    stream: Optional[str]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    """The stream that the call sets, or None where it makes a generator or an estimator of its own."""
    line: int


class SeedCalls:
    """Reads the cells of one notebook. It remembers the functions of the notebook that set seeds."""

    def __init__(self) -> None:
        self._namespace: Mapping[str, Any] = {}
        self._functions: dict[str, _Function] = {}
        self._loops = Loops(self._value, _NOTHING, {})

    def of(self, code: CellCode, namespace: Mapping[str, Any], finished: bool = True) -> list[SeedCall]:
        """The seeds that a cell sets at its own level or through functions that the notebook defined.

        ``namespace`` is as the cell left it; ``finished`` says whether it came to its end. What only other
        modules do is not found.
        """
        self._namespace = namespace
        self._loops = Loops(self._value, _NOTHING, namespace, finished)
        called = any(name in code.source for name in self._functions)
        if not called and not _WORDS.search(code.source):
            return []
        trees = code.trees
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    self._functions[node.name] = node
        names = Names(self._namespace, trees)
        return list(dict.fromkeys(call for tree in trees for call in self._read(tree, names, {}, 0, 0)))

    def _read(
        self, tree: ast.AST, names: Names, bound: Mapping[str, Any], line: int, depth: int
    ) -> Iterator[SeedCall]:
        for node, given in self._loops.calls(tree, bound, depth == 0):
            at = line or node.lineno
            yield from self._read_call(node, names, given, at)
            inner = self._function_called(node)
            if inner is not None and depth < _DEEPEST:
                values = self._bind(inner, node, given)
                for statement in inner.body:
                    yield from self._read(statement, names, values, at, depth + 1)

    def _read_call(
        self, node: ast.Call, names: Names, bound: Mapping[str, Any], line: int
    ) -> Iterator[SeedCall]:
        seeder = names.seeder(node.func)
        if seeder is not None:
            given = [
                *node.args[:1],
                *(k.value for k in node.keywords if k.arg in _FIRST),
            ]
            value = self._value(given[0], bound) if given else None
            for library, stream in SEEDERS[seeder]:
                if (
                    type(value) is int
                    or (value is None and stream)
                    or (type(value) in (str, float) and library == "python")
                ):
                    yield SeedCall(library, value, stream, line)
            return
        if isinstance(node.func, ast.Attribute) and node.func.attr == "manual_seed" and node.args:
            # torch.Generator().manual_seed(7), or that of one with a name.
            value = self._value(node.args[0], bound)
            if type(value) is int and names.library(node.func.value) == "torch":
                yield SeedCall("torch", value, None, line)
        for keyword in node.keywords:
            if keyword.arg in _KEYWORDS:
                value = self._value(keyword.value, bound)
                owner = names.library(node.func) if type(value) is int else None
                if owner is not None:
                    yield SeedCall(owner, value, None, line)

    def _function_called(self, node: ast.Call) -> _Function | None:
        """The definition of a function of the notebook's own, if the name still stands for it."""
        if not isinstance(node.func, ast.Name):
            return None
        definition = self._functions.get(node.func.id)
        function = self._namespace.get(node.func.id)
        if definition is None or type(function) is not FunctionType:
            return None
        return definition if function.__code__.co_name == definition.name else None

    def _bind(self, definition: _Function, node: ast.Call, bound: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a function's parameters in one call, as far as they can be known."""
        parameters = [*definition.args.posonlyargs, *definition.args.args]
        defaults = definition.args.defaults
        values: dict[str, Any] = {p.arg: _NOTHING for p in [*parameters, *definition.args.kwonlyargs]}
        for parameter, default in zip(parameters[len(parameters) - len(defaults) :], defaults):
            values[parameter.arg] = self._value(default, bound)
        for parameter, kw_default in zip(definition.args.kwonlyargs, definition.args.kw_defaults):
            if kw_default is not None:
                values[parameter.arg] = self._value(kw_default, bound)
        for parameter, argument in zip(parameters, node.args):
            values[parameter.arg] = self._value(argument, bound)
        for keyword in node.keywords:
            if keyword.arg in values:
                values[keyword.arg] = self._value(keyword.value, bound)
        return values

    def _value(self, node: ast.expr, bound: Mapping[str, Any]) -> Any:  # noqa: PLR0911
        """A plain value without running anything of the user's; `_NOTHING` where that is not possible."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self._value(node.operand, bound)
            return -value if type(value) is int else _NOTHING
        if isinstance(node, ast.Name):
            return bound[node.id] if node.id in bound else self._namespace.get(node.id, _NOTHING)
        if isinstance(node, ast.Attribute):
            return _attribute(self._value(node.value, bound), node.attr)
        if isinstance(node, ast.Subscript):
            container = self._value(node.value, bound)
            # Up to Python 3.8 an index was wrapped; both are expressions now.
            key = self._value(node.slice, bound)
            return container.get(key, _NOTHING) if type(container) is dict and type(key) is str else _NOTHING
        if isinstance(node, ast.Call):
            return self._got(node, bound)
        return self._counted(node, bound) if isinstance(node, ast.BinOp) else _NOTHING

    def _got(self, node: ast.Call, bound: Mapping[str, Any]) -> Any:
        """``config.get("seed", 1)`` of a dictionary."""
        if not isinstance(node.func, ast.Attribute) or node.func.attr != "get" or not node.args:
            return _NOTHING
        container, key = self._value(node.func.value, bound), self._value(node.args[0], bound)
        if type(container) is not dict or type(key) is not str:
            return _NOTHING
        return (
            container[key]
            if key in container
            else self._value(node.args[-1], bound)
            if node.args[1:]
            else None
        )

    def _counted(self, node: ast.BinOp, bound: Mapping[str, Any]) -> Any:
        """``SEED + fold`` of whole numbers."""
        left, right = self._value(node.left, bound), self._value(node.right, bound)
        if type(left) is not int or type(right) is not int:
            return _NOTHING
        if isinstance(node.op, ast.Mult) and max(abs(left), abs(right)) < _LARGEST:
            return left * right
        return (
            left + right
            if isinstance(node.op, ast.Add)
            else left - right
            if isinstance(node.op, ast.Sub)
            else _NOTHING
        )


def _attribute(owner: Any, name: str) -> Any:
    """An attribute that is plain data of an object or of its class, found without calling anything."""
    if owner is _NOTHING:
        return _NOTHING
    itself = is_a(owner, type)
    classes = type.__dict__["__mro__"].__get__(owner if itself else type(owner))
    places = [] if itself else [_own(owner)]
    places += [attributes(one) for one in classes]
    return next((place[name] for place in places if name in place), _NOTHING)


def _own(owner: Any) -> Mapping[str, Any]:
    try:
        own = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        return {}
    return own if type(own) is dict else {}
