"""Numbers that the code calls a metric, while the text before them says something else."""

from __future__ import annotations

from ..names import words
from .labels import Label, head, says_little
from .role import Role

_MEANS = frozenset(("mean", "avg", "average"))
_CHOSEN = ("best", "worst")


def chosen_as(own: str | None, name: str) -> str:
    """``best`` or ``worst``, where the code says so of a number and the words before it, ``name``, do not.

    ``Best threshold 0.4 with F1 = 0.9`` of ``best_f1`` is no point of the F1 scores that it is chosen from.
    """
    first, _, rest = words.normal(own or "").partition("_")
    if first not in _CHOSEN or not rest or first in name.split("_"):
        return ""
    return first if words.quantity(rest) <= words.quantity(name) else ""


def own_named(own: str, name: str, label: Label, row: str) -> Role | None:
    """The role of one that the code calls ``own``; ``name`` are the words before it, as a name.

    ``row`` is what the code printed before it, as the name of a model; "" for nothing.
    """
    speaks_of = head(label.words)
    if speaks_of.partition("_")[0] in words.SUMMARIES and words.is_metric(speaks_of):
        # Mean MAE over folds: of what the fold's own are kept in.
        return Role("metric", speaks_of)
    if name in _MEANS:
        # Mean: of scores whose own values are printed too.
        return Role("metric", own if own.endswith("_mean") else f"{own}_mean")
    part = words.split_of(name)
    if part and words.split_of(own) is None and len(label.words) <= 2:
        if len(label.words) == 1:
            return Role("metric", f"{name}_{own}")
        # OOF LGB: of two models.
        rest = [one for one in label.words if words.normal(one) not in words.SPLITS]
        model = words.label(" ".join(rest)) if rest and not says_little(rest) else ""
        return Role("metric", f"{part}_{own}/{model}" if model else f"{part}_{own}")
    if row and part is None and words.label(" ".join(label.words)).endswith(row):
        # LR: 0.91, of several models in a loop.
        return Role("metric", f"{own}/{row}")
    other = words.is_other(name) and part is None and len(label.words) < 4
    return None if other else Role("metric", own)
