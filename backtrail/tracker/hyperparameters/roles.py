"""Which statements train a model, which measure one, and which only show something."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .terms import dotted
from .vocabulary import vocabulary
from .words import words

if TYPE_CHECKING:
    from .atoms import Atom

TRAIN, EVALUATE, UPDATE, MEASURE = "train", "evaluate", "update", "measure"
"""``UPDATE`` moves a value by a product, as a step of training by hand does; ``MEASURE`` binds a metric."""

_TRAINING = vocabulary("training")
_EVALUATING = vocabulary("evaluating")
_LIKE_TRAINING = vocabulary("likeTraining")
"""Words of functions that train, when they are the notebook's own."""
_METRICS = vocabulary("measured")
_SHOWING = vocabulary("showing")
_SHOWING_METHODS = vocabulary("showingMethods")
_WEIGHTS = re.compile(r"loss|err|cost|total|sum|acc|count|correct|num|time|reward|return|mean|avg")
_ROUNDS = vocabulary("rounds")
_RESAMPLED = vocabulary("resampled")
_SESSIONS = frozenset({"sess", "session"})


def of(atom: Atom, in_loop: bool) -> str:
    """The role of a statement, "" for none; loops that are trained by hand are told from their updates."""
    found = ""
    for call in atom.calls:
        role = _of_call(call.callee, len(call.positional) + len(call.keywords))
        if role == TRAIN:
            return TRAIN
        found = found or role
    if atom.role == UPDATE and in_loop:
        return UPDATE
    if found:
        return found
    if any(name for name in atom.binds if is_metric(name)) and (atom.uses or atom.calls):
        return MEASURE
    return atom.role


def is_metric(name: str) -> bool:
    """Whether a name is that of a metric: ``val_acc`` is, ``loss_fn`` is none."""
    found = words(name)
    return bool(found) and (found[-1] in _METRICS or found[-2:] in (("r", "2"), ("f", "1")))


def is_like_training(name: str) -> bool:
    """Whether a function of the notebook trains, or simulates, by its name."""
    return bool(_LIKE_TRAINING & {*words(name), name})


def is_repeated(name: str) -> bool:
    """Whether a name counts, or limits, the rounds of something that iterates."""
    return not _ROUNDS.isdisjoint(words(name))


def resamples(node: ast.stmt) -> bool:
    """Whether a statement draws anew so often: ``[choice(xs, n).mean() for _ in range(n_boot)]``."""
    value = getattr(node, "value", None)
    lists = [one for one in ast.walk(value) if isinstance(one, ast.ListComp)] if value is not None else []
    return any(
        any(isinstance(inner, ast.Call) for inner in ast.walk(one.elt))
        and any(_counts_resamples(part.iter) for part in one.generators)
        for one in lists
    )


def _counts_resamples(node: ast.expr) -> bool:
    """``range(n_boot)``."""
    if not isinstance(node, ast.Call) or dotted(node.func)[-1:] != ("range",) or not node.args:
        return False
    return not _RESAMPLED.isdisjoint(words((dotted(node.args[-1]) or ("",))[-1]))


def note_update(atom: Atom, targets: list[ast.expr], value: ast.expr) -> None:
    """Marks ``w = w - rate * gradient``."""
    for target in targets:
        root = _root(target)
        if root and not _WEIGHTS.search(root.lower()) and _moves(value, root):
            atom.role = UPDATE


def note_augmented(atom: Atom, node: ast.AugAssign) -> None:
    """Marks ``w -= rate * gradient``, and ``q += (reward - q) / n``."""
    root = _root(node.target)
    moved = _has_product(node.value) or _has_share(node.value, root)
    if moved and isinstance(node.op, (ast.Sub, ast.Add)) and not _WEIGHTS.search(root.lower()):
        atom.role = UPDATE


def is_inert(node: ast.expr) -> bool:
    """Whether an expression on a line of its own only shows, keeps or tells something."""
    if isinstance(node, ast.Await):
        node = node.value
    if not isinstance(node, ast.Call):
        # The last expression of a cell, or a docstring.
        return True
    path = dotted(node.func)
    if path and (path[0] in _SHOWING or path[-1] in _SHOWING_METHODS):
        return True
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in _SHOWING_METHODS or _root(node.func) in _SHOWING
    return False


def _of_call(path: tuple[str, ...], arguments: int) -> str:
    name = path[-1]
    owner = path[-2] if len(path) > 1 else None
    if name in _TRAINING:
        return TRAIN
    if owner is None:
        return TRAIN if is_like_training(name) else _measures(name)
    if name == "train":
        # Without arguments it only puts a module of torch in its mode.
        return (
            TRAIN if arguments > (1 if owner in ("model", "net", "self") else 0) or owner == "trainer" else ""
        )
    if name == "compile" or (name == "optimize" and arguments):
        return "" if path[0] in ("re", "torch", "regex", "builtins") else TRAIN
    if name in ("run", "cv") and (owner in _SESSIONS or name == "cv"):
        return TRAIN
    return _measures(name)


def _measures(name: str) -> str:
    return EVALUATE if name in _EVALUATING or name.endswith(("_score", "_error")) else ""


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return node.attr
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _moves(value: ast.expr, root: str) -> bool:
    """``root ± … * …``: a sum of the old value and a product, or of two products as in an average."""
    if not (isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub))):
        return False
    return (_has_product(value) and _has_root(value, root)) or _has_share(value, root)


def _has_product(value: ast.expr) -> bool:
    return any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mult) for one in ast.walk(value))


def _has_share(value: ast.expr, root: str) -> bool:
    """``(… - root) / …``: a step towards what was seen, as large as the times it was."""
    shares = (
        one.left for one in ast.walk(value) if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Div)
    )
    return any(
        isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub) and _has_root(one.right, root)
        for one in shares
    )


def _has_root(value: ast.expr, root: str) -> bool:
    return any(isinstance(one, (ast.Name, ast.Attribute)) and _root(one) == root for one in ast.walk(value))
