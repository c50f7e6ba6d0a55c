"""What an execution recorded that may turn out to be the first of a new run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .run import Run

MOVED = frozenset({"input", "output", "dataset", "seed"})
"""Events that say what an execution used or made, and belong to each run that it is part of."""

_MOST = 1000


class FirstCell:
    """Events of the latest execution: a run from the top is known only when its second cell is sent."""

    def __init__(self) -> None:
        self._top = 0
        self._events: dict[str, tuple[str, dict[str, Any]]] = {}
        self._moved = range(0)
        self._heir: Run | None = None

    def note(self, event: str, fields: dict[str, Any], top: int) -> None:
        """Remembers an event of the execution ``top`` or of one inside it, and forgets earlier ones."""
        cell = fields.get("cell")
        if event not in MOVED or not isinstance(cell, int):
            return
        if top != self._top:
            self._top, self._events = top, {}
        if cell >= top and len(self._events) < _MOST:
            # Of runs within each other every one is told of it.
            self._events[repr((event, fields))] = (event, fields)

    def take(self, first: int, last: int, heir: Run) -> list[tuple[str, dict[str, Any]]]:
        """The events of the execution ``first`` and of those inside it, up to ``last``.

        They, and what is found out about those executions later, belong to ``heir`` as well.
        """
        events = list(self._events.values()) if self._top == first else []
        self._events = {}
        self._moved, self._heir = range(first, last + 1), heir
        return events

    def heir(self, event: str, fields: dict[str, Any]) -> Run | None:
        """The run that an event belongs to as well: a large file is hashed while the next cell runs."""
        return self._heir if event in MOVED and fields.get("cell") in self._moved else None
