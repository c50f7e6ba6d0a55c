"""What a loop says with literals: how often it goes round, or what it tries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from . import roles
from .atoms import Atom
from .history import Bound, called
from .terms import Named, Plain
from .wanted import HELD, is_tuned, is_wanted
from .words import words

_COUNTED = {
    "e": "epochs",
    "ep": "epochs",
    "epoch": "epochs",
    "episode": "episodes",
    "gen": "generations",
    "generation": "generations",
    "it": "iterations",
    "iter": "iterations",
    "iteration": "iterations",
    "round": "rounds",
    "step": "steps",
}
"""What is counted, by the name that counts."""
_UNNAMED = frozenset({"i", "t", "_", "k", "n"})
_NOT_TRIED = frozenset({"metric", "metrics", "scoring", "split", "splits", "name", "names"})
_STEPS = frozenset({"backward", "step", "train_on_batch", "partial_fit", "apply_gradients", "train_step"})


def rounds(head: Atom, atoms: Sequence[Atom], bound: Bound) -> tuple[str, int] | None:
    """What a loop counts, and how often it goes round; None where that is no matter of training."""
    if head.count is None:
        return None
    name, times = head.count
    key = next((_COUNTED[word] for word in words(name) if word in _COUNTED), None)
    unnamed = name in _UNNAMED or name.startswith("_")
    if (
        key is None
        and unnamed
        and head.loop < 0
        and any(_steps(one, bound) for one in atoms if one.loop >= 0)
    ):
        key = "iterations"
    return None if key is None or times < 2 else (key, times)


def swept(head: Atom, atoms: Sequence[Atom]) -> tuple[str, list[Any]] | None:
    """What a loop tries one after the other: ``for lr in [0.1, 0.01]``.

    What is handed to a library by its name is heard there, value by value.
    """
    if head.swept is None:
        return None
    name, values = head.swept
    found = words(name)
    counted = found[:1] == ("n",) or is_tuned(name)
    texts = [one for one in values if isinstance(one, str)]
    columns = texts and (len(name) < 2 or not _NOT_TRIED.isdisjoint(found))
    if not counted or columns or not is_wanted(name, values):
        return None
    calls = [call for atom in atoms for call in atom.calls if _is_of_library(call.callee)]
    given = [one for call in calls for one in call.keywords.values() if isinstance(one, Named)]
    handed = any(one.path == (name,) for one in given)
    return None if handed or any(not is_wanted(name, one, HELD) for one in texts) else (name, values)


def _is_of_library(callee: Sequence[str]) -> bool:
    return len(callee) > 1 or callee[-1][:1].isupper()


def rewritten(atoms: Iterable[Atom]) -> set[str]:
    """The names that are given new values while the cell runs: counters, sums, the best so far."""
    found: set[str] = set()
    for atom in atoms:
        found |= atom.bumps
        if atom.loop >= 0 or atom.is_head:
            found |= {name for name, value in atom.binds.items() if not isinstance(value, Plain)}
        if atom.code is not None:
            found |= atom.code.globals
    return found


def _steps(atom: Atom, bound: Bound) -> bool:
    """Whether a statement does one step of training."""
    if _is_step(atom):
        return True
    return any(_is_step(one) for code in called(atom, bound) for one in code.atoms)


def _is_step(atom: Atom) -> bool:
    return atom.role == roles.UPDATE or any(call.callee[-1] in _STEPS for call in atom.calls)
