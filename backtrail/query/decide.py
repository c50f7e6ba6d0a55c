"""Filters that ask git whether the code of runs had a commit, and say where it cannot tell."""

from __future__ import annotations

from collections.abc import Collection
from typing import Callable, Optional

from .ancestry import clone_of, clones, contained
from .filter import Filter, create_filter
from .keys import Run

Decision = Callable[[Run], Optional[bool]]
"""Whether a run is let through; None where what git cannot tell decides."""


Ancestry = Callable[[str, Collection[Run]], Callable[[Run], Optional[bool]]]
"""Of a commit and all runs to be asked about, whether the code of one had it; None where git cannot tell."""


def create_decision(
    text: str, runs: Collection[Run], ancestry: Ancestry | None = None, now: float | None = None
) -> Decision:
    """Makes a filter that knows ``contains_commit``, of all ``runs`` that it will be asked about.

    Each run is asked twice, once as if the code of those of which git cannot tell had the commit and once as
    if it had not: where that is the same, it does not matter.

    ``ancestry`` stands for git, ``now`` is in seconds since 1970.

    Raises:
        FilterError: the text cannot be understood.
    """
    known: dict[str, Callable[[Run], bool | None]] = {}
    unknown: set[str] = set()

    def answers(otherwise: bool) -> Callable[[str], Filter]:
        def has_commit(commit: str) -> Filter:
            if commit not in known:
                known[commit] = (ancestry or _by_git)(commit, runs)
            found = known[commit]

            def had(run: Run) -> bool:
                answer = found(run)
                if answer is None:
                    unknown.add(run["id"])
                    return otherwise
                return answer

            return had

        return has_commit

    if_not, if_so = (create_filter(text, runs, now, answers(otherwise)) for otherwise in (False, True))

    def decide(run: Run) -> bool | None:
        decision = if_not(run)
        return None if run["id"] in unknown and if_so(run) != decision else decision

    return decide


def _by_git(commit: str, runs: Collection[Run]) -> Callable[[Run], bool | None]:
    found: dict[tuple[str, str], bool] = {}
    for clone, commits in clones(runs).items():
        found.update(((clone, own), answer) for own, answer in contained(clone, commit, commits).items())

    def had(run: Run) -> bool | None:
        own = (run.get("code") or {}).get("commit")
        return found.get((clone_of(run), own)) if isinstance(own, str) else None

    return had
