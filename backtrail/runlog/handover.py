"""What a run was told of an execution that turns out to be the first of the next run."""

from __future__ import annotations

from .latest import Order
from .lines import Event

OF_EXECUTIONS = frozenset({"param", "input", "output", "dataset", "seed"})
"""Events that say what an execution used or made."""


class Told:
    """The events of a run that is open. When it ends, it gives those of the executions that the run keeps."""

    def __init__(self) -> None:
        self._events: list[tuple[Event, Order]] | None = []

    def note(self, event: Event, order: Order) -> None:
        """Remembers an event, until the run has ended."""
        if self._events is not None and event["event"] in OF_EXECUTIONS:
            self._events.append((event, order))

    def kept(self, end: Event) -> list[tuple[Event, Order]] | None:
        """The run ended: all that is left of what was told, or None where nothing was handed over."""
        events, self._events = self._events or [], None
        first = end.get("handed_over")
        if type(first) is not int:
            return None
        return [(event, order) for event, order in events if not _since(event, first)]


def _since(event: Event, first: int) -> bool:
    cell = event.get("cell")
    return type(cell) is int and cell >= first
