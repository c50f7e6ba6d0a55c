"""Names with dots, as they stand in a source."""

from __future__ import annotations

import ast


def dotted(node: ast.AST) -> list[str]:
    """``a.b.c`` as its parts; empty for what is not just names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


def called(node: ast.AST) -> str:
    """The last name of what is called, or of the expression itself; empty when it has none."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
