"""What a series came to, as a cell leaves it in a variable, is no point beside those that were printed."""

from __future__ import annotations

from collections.abc import Sequence

from .sighting import Sighting

_POINTS = 2
"""So many points are a series."""


def without_ends(ready: Sequence[Sighting]) -> list[Sighting]:
    """Sightings without the numbers that a cell left under a name of which it printed a series."""
    steps: dict[tuple[str, int | None, str], set[float]] = {}
    for one in ready:
        if one.origin == "printed" and one.step is not None:
            steps.setdefault((one.at.run.id, one.at.cell, one.key), set()).add(one.step)
    if not steps:
        return list(ready)
    return [
        one
        for one in ready
        if one.origin != "variable"
        or one.step is not None
        or len(steps.get((one.at.run.id, one.at.cell, one.key), ())) < _POINTS
    ]
