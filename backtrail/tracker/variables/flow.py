"""In which order a cell loads and binds names, and what it does in any case."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, ClassVar


class CellNames:
    """The names of one cell. Positions count the loads and stores, in the order of the execution."""

    def __init__(self) -> None:
        self.reads: dict[str, None] = {}
        """Loaded while they may still have the value from before the cell."""
        self.loads: dict[str, int] = {}
        """Loaded at all, with the position of the last time."""
        self.sure: dict[str, int] = {}
        """Bound or deleted for sure if the cell comes to its end, with the position of the first time."""
        self.stores: set[str] = set()
        """Bound or deleted, perhaps."""
        self.patches: set[str] = set()
        """What has attributes set, by dotted names."""
        self.imports: set[str] = set()
        """The modules that are imported, by their first names."""
        self.unknown: dict[str, None] = {}
        """Why it may do more than it says."""


class Flow:
    """What is loaded and bound, branch by branch. A subclass says what to do with the nodes of each type."""

    methods: ClassVar[dict[type, Any]] = {}

    def __init__(self, found: CellNames) -> None:
        self._found = found
        self._sure: set[str] = set()
        """What is bound for sure by now."""
        self._certain = True
        """Whether what is read now happens whenever the cell comes to its end."""
        self._scopes: list[set[str]] = []
        """The local names around, innermost last."""
        self._position = 0

    def tree(self, tree: ast.Module, certain: bool) -> None:
        """Reads a tree; ``certain``: all of it is executed."""
        self._certain = certain
        self._body(tree.body)

    def _body(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self._visit(node)

    def _visit(self, node: ast.AST | None) -> None:
        if node is None:
            return
        method = self.methods.get(type(node))
        if method is not None:
            method(self, node)
        else:
            for child in ast.iter_child_nodes(node):
                self._visit(child)

    def _perhaps(self, *branches: Iterable[ast.AST]) -> None:
        """Branches of which at most one is taken; what all of them bind is bound."""
        before, certain = self._sure, self._certain
        ends = []
        for branch in branches:
            self._sure, self._certain = set(before), False
            self._body(branch)
            if not _leaves(branch):
                ends.append(self._sure)
        self._certain = certain
        self._sure = set.intersection(*ends) if ends else before
        if certain:
            for name in self._sure - before:
                self._found.sure.setdefault(name, self._position)

    # Names

    def _load(self, name: str) -> None:
        self._position += 1
        if any(name in scope for scope in self._scopes):
            return
        if name not in self._sure:
            self._found.reads[name] = None
        self._found.loads[name] = self._position

    def _store(self, name: str) -> None:
        self._position += 1
        if self._scopes:
            self._scopes[-1].add(name)
            return
        self._found.stores.add(name)
        self._sure.add(name)
        if self._certain:
            self._found.sure.setdefault(name, self._position)

    def _not_known(self, reason: str | None) -> None:
        if reason is not None:
            self._found.unknown[reason] = None


def _leaves(branch: Iterable[ast.AST]) -> bool:
    """Whether a branch never comes to its end."""
    last = next(reversed(list(branch)), None)
    if isinstance(last, ast.ExceptHandler):
        return _leaves(last.body)
    return isinstance(last, (ast.Raise, ast.Return, ast.Continue, ast.Break))
