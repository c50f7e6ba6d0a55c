"""The calls that a cell makes, in the order in which it does, with what its loops give to them.

A loop over seeds sets each of them, of which the names of the notebook tell only the last.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Union

MOST = 100
"""Times that a loop goes round, those around it counted; of one that goes on the last counts."""

Values = Mapping[str, Any]
_Comprehension = (ast.ListComp, ast.SetComp, ast.DictComp)
_Function = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_Loop = Union[ast.For, ast.comprehension]


class Loops:
    """Reads loops. ``value_of`` evaluates an expression, to a plain value or to ``unknown``."""

    def __init__(
        self,
        value_of: Callable[[ast.expr, Values], Any],
        unknown: Any,
        namespace: Values,
        finished: bool = True,
    ) -> None:
        self._value_of = value_of
        self._unknown = unknown
        self._namespace = namespace
        self._finished = finished
        """Whether the cell came to its end."""

    def calls(
        self, tree: ast.AST, bound: Values, top: bool, times: int = 1
    ) -> Iterator[tuple[ast.Call, Values]]:
        """The calls that executing ``tree`` makes, each with what parameters and loops bind there.

        ``top`` says whether names that it binds are the notebook's. Bodies of functions are not executed.
        """
        if isinstance(tree, ast.For):
            yield from self._loop(tree, bound, top, times)
            return
        if isinstance(tree, _Comprehension) and len(tree.generators) == 1:
            yield from self._comprehension(tree, bound, top, times)
            return
        for node in _outside(tree) if isinstance(tree, _Function) else ast.iter_child_nodes(tree):
            yield from self.calls(node, bound, top, times)
        if isinstance(tree, ast.Call):
            yield tree, bound

    def _loop(self, tree: ast.For, bound: Values, top: bool, times: int) -> Iterator[tuple[ast.Call, Values]]:
        yield from self.calls(tree.iter, bound, top, times)
        values = self._values(tree, bound, times)
        stops = any(isinstance(one, (ast.Break, ast.Return)) for one in ast.walk(tree))
        if values is not None and (stops or not self._finished):
            values = self._begun(tree, values) if top else None
        for value in values or [{} if top else self._hidden(tree)]:
            for statement in tree.body:
                yield from self.calls(statement, {**bound, **value}, top, times * len(values or (0,)))
        for statement in tree.orelse:
            yield from self.calls(statement, bound, top, times)

    def _comprehension(
        self, tree: Any, bound: Values, top: bool, times: int
    ) -> Iterator[tuple[ast.Call, Values]]:
        (generator,) = tree.generators
        yield from self.calls(generator.iter, bound, top, times)
        plain = self._finished and not generator.ifs
        values = self._values(generator, bound, times) if plain else None
        parts = [tree.key, tree.value] if isinstance(tree, ast.DictComp) else [tree.elt]
        for value in values or [self._hidden(generator)]:
            for part in (*generator.ifs, *parts):
                yield from self.calls(part, {**bound, **value}, False, times * len(values or (0,)))

    def _hidden(self, loop: _Loop) -> dict[str, Any]:
        """What a loop binds that is no name of the notebook's, though one may be called the same."""
        return {one.id: self._unknown for one in ast.walk(loop.target) if isinstance(one, ast.Name)}

    def _values(self, loop: _Loop, bound: Values, times: int) -> list[dict[str, Any]] | None:
        """What a loop binds each time that it goes round; None where the code does not tell."""
        target, source = loop.target, loop.iter
        if _called(source) == "enumerate" and isinstance(target, ast.Tuple) and len(target.elts) == 2:
            # Of its two names the second is that of the item.
            target, source = target.elts[1], source.args[0] if source.args else source  # type: ignore[attr-defined]
        items = self._items(source, bound)
        if not isinstance(target, ast.Name) or not items or len(items) * times > MOST:
            return None
        return [{target.id: item} for item in items]

    def _items(self, source: ast.expr, bound: Values) -> Sequence[Any] | None:
        if isinstance(source, (ast.List, ast.Tuple)):
            items = [self._value_of(one, bound) for one in source.elts]
        elif isinstance(source, ast.Call):
            limits = [self._value_of(one, bound) for one in source.args]
            plain = 0 < len(limits) <= 3 and all(type(one) is int for one in limits)
            if _called(source) != "range" or "range" in self._namespace or not plain or 0 in limits[2:]:
                return None
            return range(*limits)
        else:
            value = self._value_of(source, bound)
            if type(value) is range:
                return value
            items = list(value) if type(value) in (list, tuple) else []
        return items if all(type(one) in (int, float, str) for one in items) else None

    def _begun(self, tree: ast.For, values: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """The rounds that a loop of the notebook began, which may have ended before its last."""
        name = next(iter(values[0]))
        last = self._namespace.get(name)
        for count, value in enumerate(values, 1):
            if type(last) is type(value[name]) and last == value[name]:
                return values[:count]
        return None


def _called(node: ast.expr) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _outside(tree: Any) -> list[ast.AST]:
    """What is executed of a function where it is defined."""
    defaults = [*tree.args.defaults, *(one for one in tree.args.kw_defaults if one is not None)]
    return [*defaults, *getattr(tree, "decorator_list", [])]
