"""Filters that ask git whether the code of runs had a commit, and say where it cannot tell."""

from __future__ import annotations

from collections.abc import Collection
from typing import Callable, Optional

from .ancestry import clone_of, clones, contained
from .filter import Filter, create_filter
from .keys import Run

Decision = Callable[[Run], Optional[bool]]
"""Whether a run is let through; None where what git cannot tell decides."""


def create_decision(text: str, runs: Collection[Run]) -> Decision:
    """Makes a filter that knows ``contains_commit``, of all ``runs`` that it will be asked about.

    Each run is asked twice, once as if the code of those of which git cannot tell had the commit and once as
    if it had not: where that is the same, it does not matter.

    Raises:
        FilterError: the text cannot be understood.
    """
    known: dict[str, dict[tuple[str, str], bool]] = {}
    unknown: set[str] = set()

    def answers(otherwise: bool) -> Callable[[str], Filter]:
        def has_commit(commit: str) -> Filter:
            found = known.get(commit)
            if found is None:
                found = known[commit] = _asked(commit, runs)

            def had(run: Run) -> bool:
                own = (run.get("code") or {}).get("commit")
                answer = found.get((clone_of(run), own)) if isinstance(own, str) else None
                if answer is None:
                    unknown.add(run["id"])
                    return otherwise
                return answer

            return had

        return has_commit

    if_not, if_so = (create_filter(text, runs, has_commit=answers(otherwise)) for otherwise in (False, True))

    def decide(run: Run) -> bool | None:
        decision = if_not(run)
        return None if run["id"] in unknown and if_so(run) != decision else decision

    return decide


def _asked(commit: str, runs: Collection[Run]) -> dict[tuple[str, str], bool]:
    found: dict[tuple[str, str], bool] = {}
    for clone, commits in clones(runs).items():
        found.update(((clone, own), answer) for own, answer in contained(clone, commit, commits).items())
    return found
