"""The name of the quantity that an expression stands for, as the code has it."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from ..names import words

# What does not change which quantity it is: round(acc, 3), loss.item(), float(x), np.mean(scores).
_ASIDE = frozenset(
    {
        "item",
        "numpy",
        "cpu",
        "detach",
        "tolist",
        "squeeze",
        "data",
        "value",
        "result",
        "get",
        "pop",
        "values",
        "sum",
    }
)
_AROUND = frozenset(
    {
        "round",
        "float",
        "int",
        "str",
        "abs",
        "format",
        "mean",
        "average",
        "sum",
        "nanmean",
        "array",
        "asarray",
        "around",
        "Series",
        "tensor",
        "stack",
        "list",
        "sorted",
    }
)
_PASSED = frozenset({"item", "float", "cpu", "numpy", "double", "astype", "to", "type", "long", "int"})
_RIGHT = frozenset({"correct", "n_correct", "num_correct", "correct_predictions"})
_SPREADS = {"std": "std", "var": "var", "min": "min", "max": "max", "median": "median"}


def name_of(node: ast.expr) -> str | None:  # noqa: PLR0911
    """The name of the quantity that an expression stands for, None when it has none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.FormattedValue):
        return name_of(node.value)
    if isinstance(node, ast.Attribute):
        return name_of(node.value) if node.attr in _ASIDE or node.attr == "T" else node.attr
    if isinstance(node, ast.Subscript):
        key = node.slice
        key = key.value if type(key).__name__ == "Index" else key  # type: ignore[attr-defined]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return key.value
        return name_of(node.value)
    share = _share(node)
    if share is not None:
        return share
    if isinstance(node, ast.BinOp):
        return _name_of_sum(node)
    if isinstance(node, ast.UnaryOp):
        return name_of(node.operand)
    if isinstance(node, ast.Await):
        return name_of(node.value)
    if isinstance(node, ast.Call):
        return _name_of_call(node)
    return None


def _name_of_sum(node: ast.BinOp) -> str | None:
    left = name_of(node.left)
    if left in _RIGHT and isinstance(node.op, ast.Div):
        return "accuracy"
    if isinstance(node.op, ast.Sub) and not isinstance(node.right, ast.Constant):
        # 1 - x, and the difference of two accuracies, which is none.
        return None
    if isinstance(node.op, ast.Div) and _is_function(node.right):
        # loss / math.log(2) is measured by another measure.
        return None
    return left if left is not None else name_of(node.right) if isinstance(node.op, ast.Mult) else None


def _is_function(node: ast.expr) -> bool:
    """Whether an expression is a function of something, not of how many there are."""
    name = (
        getattr(node.func, "id", "") or getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
    )
    return name not in ("", "len", "float", "int", "sum", "max", "size", "count", "item", "numel")


def _share(node: ast.expr) -> str | None:
    """``(p == y).mean()`` and ``(p == y).sum() / n`` are accuracies, though nothing says so."""
    wanted = "mean"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        node, wanted = node.left, "sum"
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _PASSED:
        node = node.func.value
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr != wanted:
        return None
    inner = node.args[0] if node.args and _is_module(function.value) else function.value
    while (
        isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr in _PASSED
    ):
        inner = inner.func.value
    if not isinstance(inner, ast.Compare) or len(inner.ops) != 1:
        return None
    sides = (inner.left, inner.comparators[0])
    if any(isinstance(side, (ast.Constant, ast.UnaryOp)) for side in sides):
        # The share of a class.
        return None
    return {ast.Eq: "accuracy", ast.NotEq: "error"}.get(type(inner.ops[0]))


def _name_of_call(node: ast.Call) -> str | None:  # noqa: PLR0911
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in _AROUND:
            return name_of(node.args[0]) if node.args else None
        if function.id in ("min", "max") and node.args:
            inner = name_of(node.args[0])
            return f"{inner}_{function.id}" if inner else None
        return function.id if function.id != "len" else None
    if isinstance(function, ast.Attribute):
        first = node.args[0] if node.args else None
        if function.attr in _SPREADS:
            base = (
                name_of(first)
                if first is not None and _is_module(function.value)
                else name_of(function.value)
            )
            return f"{base}_{_SPREADS[function.attr]}" if base else None
        if (
            function.attr in ("get", "pop")
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            return first.value
        if function.attr in _AROUND:
            return (
                name_of(first)
                if first is not None and _is_module(function.value)
                else name_of(function.value)
            )
        if function.attr in _ASIDE:
            return name_of(function.value)
        if function.attr == "sqrt" and first is not None:
            inner = name_of(first)
            return "rmse" if inner in ("mse", "mean_squared_error") else inner
        return function.attr
    return None


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in (
        "np",
        "numpy",
        "pd",
        "pandas",
        "torch",
        "tf",
        "statistics",
        "jnp",
        "math",
        "K",
    )


def given_by_functions(tree: ast.Module) -> dict[str, str]:
    """Names that say nothing of a metric, and the functions of one that bind them: ``s = r2_score(…)``."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.value, ast.Call):
            target, function = node.targets[0], node.value.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            bound = target.id if isinstance(target, ast.Name) else ""
            gives = bound and name.endswith(("_score", "_error", "_loss"))
            if gives and not words.is_metric(words.normal(bound)):
                found[bound] = name
    return found


def known_as(node: ast.expr, given: Mapping[str, str]) -> str | None:
    """The name of an expression; of what a function of a metric gave, that function's."""
    name = name_of(node)
    if name is None or not given:
        return name
    base, _, made = name.rpartition("_")
    if name in given:
        return f"{given[name]}_mean" if is_mean(node) else given[name]
    return f"{given[base]}_{made}" if base in given and made in _SPREADS.values() else name


def made_by(node: ast.expr) -> str:
    """What an expression makes of several values: mean, std and the like; "" for nothing."""
    if is_mean(node):
        return "mean"
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in _SPREADS:
            return _SPREADS[node.func.attr]
        if node.func.attr not in _AROUND:
            break
        node = node.func.value
    return ""


def is_mean(node: ast.expr) -> bool:
    """Whether an expression is the mean of something: ``round(scores.mean() * 100, 2)``."""
    if isinstance(node, ast.FormattedValue):
        return is_mean(node.value)
    if isinstance(node, ast.BinOp):
        return is_mean(node.left) or is_mean(node.right)
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in ("mean", "average", "nanmean", "fmean"):
        inner = function.value if isinstance(function, ast.Attribute) else None
        if inner is None or _is_module(inner):
            inner = node.args[0] if node.args else None
        # (p == y).mean() is an accuracy, not the mean of one.
        return isinstance(inner, (ast.Name, ast.Attribute, ast.Subscript, ast.Call))
    if name not in _AROUND | _ASIDE:
        return False
    inner = function.value if isinstance(function, ast.Attribute) and not _is_module(function.value) else None
    return is_mean(inner) if inner is not None else bool(node.args) and is_mean(node.args[0])
