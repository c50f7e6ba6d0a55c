"""One sighting of a metric: what was seen, where, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ..run import Mark, Run

LAST_EXPRESSION = "last expression"
LOGGED = "logged"

TEXT = 3
"""The rank of what is read from texts."""
_RANKS = {"backward": 1, "tqdm": 1, "variable": 1, LAST_EXPRESSION: 2, "table": TEXT, "printed": TEXT}
# What shows a result may show it again.
SHOWN = frozenset({"table", LAST_EXPRESSION})
NAMED_BY_THE_NOTEBOOK = frozenset({"sklearn"})
"""Libraries whose names are those of functions, not of what the notebook computes with them."""


class Moment(NamedTuple):
    """Where something was seen: the run, the execution, and the mark of its cell."""

    run: Run
    cell: int | None
    mark: Mark


class Rounded(NamedTuple):
    """How a number was printed: its decimal places (None: as it is), and whether with a percent sign."""

    places: int | None
    percent: bool


class Sighting(NamedTuple):
    """``time`` is in seconds of the monotonic clock."""

    at: Moment
    key: str
    value: float | int
    step: Any
    origin: str
    exact: bool
    rounded: Rounded | None
    time: float
    nameless: bool
    """Named by a library, and not yet by the notebook."""

    @property
    def form(self) -> Rounded:
        """How it was printed; as it is, if it was not."""
        return self.rounded or Rounded(None, False)


def rank(origin: str) -> int:
    """Which source counts more: 0 is the best."""
    return _RANKS.get(origin, 0)
