"""Functions, classes and comprehensions, which have names of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from .flow import Flow
from .paths import called

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_HARMLESS_DECORATORS = frozenset(
    {"property", "staticmethod", "classmethod", "dataclass", "wraps", "lru_cache", "cache", "cached_property"}
    | {"contextmanager", "setter", "getter", "deleter", "abstractmethod", "overload", "total_ordering"}
)
"""They call nothing of what they decorate, or only hand it on."""


class Scopes(Flow):
    """Reads definitions: of their bodies only what is executed with them."""

    def _function(self, node: Any) -> None:
        self._body(node.decorator_list)
        self._defaults(node.args)
        for argument in _arguments(node.args):
            self._visit(argument.annotation)
        self._visit(node.returns)
        if any(called(one) not in _HARMLESS_DECORATORS for one in node.decorator_list):
            self._inside(node.args, node.body)
        self._store(node.name)

    def _lambda(self, node: ast.Lambda) -> None:
        self._defaults(node.args)
        self._inside(node.args, [node.body])

    def _inside(self, arguments: ast.arguments, body: Iterable[ast.AST]) -> None:
        """The body of a function that may be called by whom it is given to."""
        self._scopes.append({one.arg for one in _arguments(arguments)} | _bound_in(body))
        certain, self._certain = self._certain, False
        self._body(body)
        self._certain = certain
        self._scopes.pop()

    def _defaults(self, arguments: ast.arguments) -> None:
        self._body(arguments.defaults)
        self._body(one for one in arguments.kw_defaults if one is not None)

    def _class(self, node: ast.ClassDef) -> None:
        self._body(node.decorator_list)
        self._body(node.bases)
        self._body(keyword.value for keyword in node.keywords)
        self._scopes.append(set())
        self._body(node.body)
        self._scopes.pop()
        self._store(node.name)

    def _comprehension(self, node: Any) -> None:
        self._visit(node.generators[0].iter)
        self._scopes.append(set())
        for index, generator in enumerate(node.generators):
            if index:
                self._visit(generator.iter)
            self._visit(generator.target)
            self._body(generator.ifs)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        self._body(parts)
        self._scopes.pop()


def _arguments(node: ast.arguments) -> list[ast.arg]:
    some = [one for one in (node.vararg, node.kwarg) if one is not None]
    return [*node.posonlyargs, *node.args, *node.kwonlyargs, *some]


def _bound_in(body: Iterable[ast.AST]) -> set[str]:
    """The local names of a function's body."""
    bound: set[str] = set()
    outside: set[str] = set()
    for top in body:
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
                bound.add(node.name)
            elif isinstance(node, ast.alias):
                bound.add(node.asname or node.name.partition(".")[0])
            elif isinstance(node, ast.Global):
                outside.update(node.names)
    return bound - outside
