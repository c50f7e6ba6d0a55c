"""The names of the notebook in what IPython hands to magics and to the shell: ``{x}`` and ``$x``."""

from __future__ import annotations

import ast
import re

_WORD = re.compile(r"\{\{|\}\}|\{([^{}]{1,400})\}|\$\$|\$([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")


def names(text: str) -> list[str]:
    """The names, in order. Braces of the shell's own look the same, so some may be none of the notebook's."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        if match[2]:
            found[match[2].partition(".")[0]] = None
        elif match[1]:
            found.update(dict.fromkeys(_of_expression(match[1])))
    return list(found)


def _of_expression(text: str) -> list[str]:
    for candidate in (text, text.rpartition(":")[0], text.rpartition("!")[0]):
        try:
            tree = ast.parse(candidate.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return []
