"""Names, assignments, loops, branches and imports."""

from __future__ import annotations

import ast
from typing import Any

from . import unknown
from .paths import dotted
from .scopes import Scopes


class Statements(Scopes):
    """Reads statements, in the order in which they are executed."""

    def _name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._load(node.id)
        else:
            self._store(node.id)

    def _attribute(self, node: ast.Attribute) -> None:
        self._visit(node.value)
        self._not_known(unknown.reason_of_attribute(node.attr))
        if not isinstance(node.ctx, ast.Load):
            path = dotted(node.value)
            if path and not any(path[0] in scope for scope in self._scopes):
                self._found.patches.add(".".join(path))

    # Statements

    def _assign(self, node: ast.Assign) -> None:
        if isinstance(node.value, ast.Lambda) and all(isinstance(one, ast.Name) for one in node.targets):
            # Its body is not executed here.
            self._defaults(node.value.args)
        else:
            self._visit(node.value)
        self._body(node.targets)

    def _augmented(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._load(node.target.id)
        self._visit(node.value)
        self._visit(node.target)

    def _annotated(self, node: ast.AnnAssign) -> None:
        self._visit(node.annotation)
        if node.value is not None:
            self._visit(node.value)
            self._visit(node.target)

    def _walrus(self, node: ast.NamedExpr) -> None:
        self._visit(node.value)
        if self._scopes:
            # Of a comprehension, which may have no items; in a function it is another name.
            self._found.stores.add(node.target.id)
        else:
            self._visit(node.target)

    def _either(self, node: ast.IfExp) -> None:
        self._visit(node.test)
        self._perhaps([node.body], [node.orelse])

    def _logical(self, node: ast.BoolOp) -> None:
        self._visit(node.values[0])
        self._perhaps(node.values[1:], [])

    def _for(self, node: ast.For) -> None:
        self._visit(node.iter)
        self._perhaps([node.target, *node.body], node.orelse)

    def _while(self, node: ast.While) -> None:
        self._visit(node.test)
        self._perhaps(node.body, node.orelse)

    def _if(self, node: ast.If) -> None:
        self._visit(node.test)
        self._perhaps(node.body, node.orelse)

    def _try(self, node: ast.Try) -> None:
        handlers = [[handler] for handler in node.handlers]
        self._perhaps([*node.body, *node.orelse], *handlers)
        self._body(node.finalbody)

    def _handler(self, node: ast.ExceptHandler) -> None:
        self._visit(node.type)
        if node.name:
            self._found.stores.add(node.name)
            self._sure.add(node.name)
        self._body(node.body)

    def _with(self, node: ast.With) -> None:
        swallows = False
        for item in node.items:
            self._visit(item.context_expr)
            self._visit(item.optional_vars)
            path = dotted(getattr(item.context_expr, "func", item.context_expr))
            swallows = swallows or path[-1:] in (["suppress"], ["raises"])
        if swallows:
            self._perhaps(node.body, [])
        else:
            self._body(node.body)

    def _match(self, node: Any) -> None:
        self._visit(node.subject)
        self._perhaps(*([case] for case in node.cases), [])

    def _captured(self, node: Any) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child)
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name:
            self._store(name)

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            top = alias.name.partition(".")[0]
            self._import_of(alias.name)
            self._store(alias.asname or top)

    def _import_from(self, node: ast.ImportFrom) -> None:
        self._import_of(node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self._found.unknown["star import"] = None
            else:
                self._store(alias.asname or alias.name)

    def _import_of(self, module: str) -> None:
        self._found.imports.add(module.partition(".")[0])
        self._not_known(unknown.reason_of_import(module))

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._visit(target)
