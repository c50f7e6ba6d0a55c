"""What an execution recorded that may turn out to be the first of a new run."""

from __future__ import annotations

from typing import Any

from ..runlog.handover import OF_EXECUTIONS

_REMEMBERED = OF_EXECUTIONS - {"param"}
"""Params are remembered by their run."""

_MOST = 1000


class FirstCell:
    """Events of the latest execution: a run from the top is known only when its second cell is sent."""

    def __init__(self) -> None:
        self._top = 0
        self._events: dict[str, tuple[str, dict[str, Any]]] = {}

    def note(self, event: str, fields: dict[str, Any], top: int) -> None:
        """Remembers an event of the execution ``top`` or of one inside it, and forgets earlier ones."""
        cell = fields.get("cell")
        if event not in _REMEMBERED or not isinstance(cell, int):
            return
        if top != self._top:
            self._top, self._events = top, {}
        if cell >= top and len(self._events) < _MOST:
            # Of runs within each other every one is told of it.
            self._events[repr((event, fields))] = (event, fields)

    def take(self, first: int) -> list[tuple[str, dict[str, Any]]]:
        """The events of the execution ``first`` and of those inside it, for the run that begins with it."""
        events = list(self._events.values()) if self._top == first else []
        self._events = {}
        return events
