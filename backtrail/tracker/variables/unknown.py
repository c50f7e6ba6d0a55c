"""Ways to the names of a notebook that no reading of its source can follow."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any

_CODE = frozenset({"exec", "eval"})
_NAMESPACES = frozenset({"globals", "locals"})
_OF_NOTHING = frozenset({"vars", "dir"})
"""They tell the names of the notebook when they are asked of nothing."""
_FRAMES = frozenset(
    {"currentframe", "_getframe", "_current_frames", "get_objects", "get_referrers", "user_ns"}
    | {"user_global_ns", "run_code", "f_globals", "f_locals", "__globals__"}
)
_IMPORTS = {"ctypes": "ctypes", "__main__": "import of __main__"}


def reason_of_call(node: ast.Call, path: list[str]) -> str | None:
    """Why a call may read or write more than it says, or None."""
    if len(path) != 1:
        return None
    (name,) = path
    if name in _CODE:
        # What is written there is read like the rest.
        written = len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and not node.keywords
        return None if written else name
    if name in _NAMESPACES or (name in _OF_NOTHING and not node.args):
        return f"{name}()"
    return None


def reason_of_attribute(name: str) -> str | None:
    """Why asking for an attribute may lead to any name, or None."""
    return name if name in _FRAMES else None


def reason_of_import(module: str) -> str | None:
    """Why importing a module may lead around the names, or None."""
    return _IMPORTS.get(module.partition(".")[0])


def reasons_of_code(loads: Iterable[str], namespace: Mapping[str, Any]) -> list[str]:
    """Why functions that load these names may do more, unless the notebook has such names itself."""
    found = (_CODE | _NAMESPACES).intersection(loads)
    return sorted(name if name in _CODE else f"{name}()" for name in found if name not in namespace)
