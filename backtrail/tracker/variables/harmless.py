"""Which uses of a name cannot change what it stands for.

Consulted only for values that are too large, or of a kind, to be compared in full after each cell: to call a
method of an array that returns something new, to compute with it or to print it leaves it as it is. Functions
of a few libraries are taken to leave their arguments alone unless they are told to work in place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, NamedTuple

from ..callees import is_a
from ..namespace import module_of
from .fingerprint.kinds import library
from .paths import dotted

_READERS = frozenset(
    {"abs", "bool", "display", "enumerate", "float", "hasattr", "hash", "id", "int", "isinstance", "len"}
    | {"max", "min", "print", "range", "repr", "round", "sorted", "str", "sum", "type"}
)
_WRITERS = frozenset(
    {"copyto", "fill_diagonal", "partition", "place", "put", "put_along_axis", "putmask", "shuffle", "sort_"}
)
_IN_PLACE = frozenset({"copy", "inplace", "out", "overwrite_a", "overwrite_b", "overwrite_x", "where"})
_LIBRARIES = frozenset({"matplotlib", "numpy", "pandas", "scipy", "seaborn", "sklearn"})
_ARRAY_METHODS = frozenset(
    {"all", "any", "argmax", "argmin", "argsort", "astype", "clip", "copy", "corr", "count", "cumprod"}
    | {
        "cumsum",
        "describe",
        "dot",
        "equals",
        "groupby",
        "head",
        "info",
        "isna",
        "isnull",
        "item",
        "max",
        "mean",
    }
    | {
        "median",
        "merge",
        "min",
        "nbytes",
        "nonzero",
        "norm",
        "nunique",
        "prod",
        "quantile",
        "round",
        "sample",
    }
    | {
        "size",
        "std",
        "sum",
        "tail",
        "tobytes",
        "tolist",
        "to_csv",
        "to_list",
        "to_parquet",
        "trace",
        "unique",
    }
    | {"value_counts", "var", "numel", "dim", "cpu", "clone", "isnan", "to_string", "to_dict", "nlargest"}
)
_ARRAY_ATTRIBUTES = frozenset(
    {
        "columns",
        "device",
        "dtype",
        "dtypes",
        "index",
        "itemsize",
        "nbytes",
        "ndim",
        "shape",
        "size",
        "strides",
    }
)
_COMPUTE = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.FormattedValue, ast.Expr)
_HAND_ON = (ast.BoolOp, ast.IfExp, ast.List, ast.Starred, ast.Tuple, ast.keyword)
_ARRAYS = frozenset({"numpy", "pandas", "polars", "torch"})


class Touched(NamedTuple):
    """``names`` may be changed in place; ``views`` are pairs of a name and what it may be a part of."""

    names: frozenset[str]
    views: frozenset[tuple[str, str]]


def read(trees: Iterable[ast.Module], namespace: Mapping[str, Any]) -> Touched:
    """What a cell may change in place, at its own level; functions that it calls are not looked into."""
    reader = _Reader(namespace)
    trees = list(trees)
    reader.backward = any(
        isinstance(node, ast.Attribute) and node.attr == "backward"
        for tree in trees
        for node in ast.walk(tree)
    )
    for tree in trees:
        reader.visit(tree, ())
    return Touched(frozenset(reader.touched), frozenset(reader.views))


class _Reader:
    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self.backward = False
        """Whether gradients are computed somewhere in the cell."""
        self.touched: set[str] = set()
        self.views: set[tuple[str, str]] = set()

    def visit(self, node: ast.AST, parents: tuple[Any, ...]) -> None:
        """Goes through a tree; ``parents`` are what stands around a node, innermost first."""
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and not self._harmless(node, parents):
                self.touched.add(node.id)
            return
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            self.touched.add(node.target.id)
        around = (node, parents)
        for child in ast.iter_child_nodes(node):
            self.visit(child, around)

    def _harmless(self, name: ast.Name, parents: Any) -> bool:
        if self.backward and library(type(self._namespace.get(name.id))) == "torch":
            # What is computed from a tensor leads back to what it was computed from.
            return False
        node: ast.AST = name
        while parents:
            parent, parents = parents
            told = self._step(name, node, parent, parents)
            if told is not None:
                return told
            node = parent
        return False

    def _step(self, name: ast.Name, node: Any, parent: Any, parents: Any) -> bool | None:
        """Whether that use is harmless; None when what is around it decides."""
        told: bool | None = None
        if isinstance(parent, ast.Attribute):
            told = self._attribute(name, node, parent, parents)
        elif isinstance(parent, ast.Subscript):
            told = True if node is parent.slice else None if isinstance(parent.ctx, ast.Load) else False
        elif isinstance(parent, ast.Call):
            told = self._called(name) if node is parent.func else self._argument(parent)
        elif isinstance(parent, (ast.Assign, ast.AnnAssign, ast.For, ast.comprehension)):
            told = self._assigned(name, node, parent)
        elif isinstance(parent, ast.AugAssign):
            told = node is parent.value
        elif isinstance(parent, _COMPUTE):
            told = True
        elif not isinstance(parent, _HAND_ON):
            told = False
        return told

    def _attribute(self, name: ast.Name, node: ast.AST, parent: ast.Attribute, parents: Any) -> bool | None:
        """Of ``x.sum`` and the like; None when what it gives may be a part of the value."""
        if not isinstance(parent.ctx, ast.Load):
            return False
        if node is not name or library(type(self._namespace.get(name.id))) not in _ARRAYS:
            return None
        called = parents and isinstance(parents[0], ast.Call) and parents[0].func is parent
        if called:
            return parent.attr in _ARRAY_METHODS and _leaves_alone(parents[0])
        return True if parent.attr in _ARRAY_ATTRIBUTES else None

    def _called(self, name: ast.Name) -> bool:
        """Of a callee: a method may change its object, a function of a module changes no module."""
        return is_a(self._namespace.get(name.id), ModuleType)

    def _argument(self, call: ast.Call) -> bool:
        """Of a value in the arguments of a call."""
        path = dotted(call.func)
        if not path or not _leaves_alone(call):
            return False
        root: Any = self._namespace.get(path[0])
        if len(path) == 1 and root is None:
            return path[0] in _READERS
        if is_a(root, ModuleType):
            own = object.__getattribute__(root, "__dict__")
            home = str(own.get("__name__", "")).partition(".")[0]
        else:
            found: object = None
            if len(path) == 1 and is_a(root, type):
                found = module_of(root)
            elif len(path) == 1 and (type(root) is FunctionType or type(root) is BuiltinFunctionType):
                found = root.__module__
            home = found.partition(".")[0] if type(found) is str else library(type(root))
        return home in _LIBRARIES and path[-1] not in _WRITERS and not path[-1].endswith("_")

    def _assigned(self, name: ast.Name, node: ast.AST, parent: Any) -> bool:
        if isinstance(parent, (ast.For, ast.comprehension)) and node is not parent.iter:
            return False
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        for target in targets:
            for one in ast.walk(target):
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                    self.views.add((one.id, name.id))
        return not isinstance(parent, ast.comprehension)


def _leaves_alone(call: ast.Call) -> bool:
    return all(keyword.arg not in _IN_PLACE for keyword in call.keywords)
