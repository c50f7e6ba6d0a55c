"""How often a loop goes round, where the code says it with a literal: ``for epoch in range(50)``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from . import roles
from .atoms import Atom
from .history import Bound, called
from .terms import Plain
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
