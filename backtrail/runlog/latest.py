"""What counts when several writers say something of the same thing: the last word, by the order of events."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

Order = tuple[int, str, int]
"""Where an event stands among all: microseconds since 1970 (never less than the line before), log, line."""


class Latest(Generic[Value]):
    """One value for each key: that of the latest event, in whatever order the events are met."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: dict[Hashable, tuple[Order, Value]] = {}

    def put(self, key: Hashable, value: Value, order: Order) -> None:
        """Takes a value, unless a later one is known."""
        present = self._entries.get(key)
        if present is None or present[0] <= order:
            self._entries[key] = (order, value)

    def get(self, key: Hashable, default: Any = None) -> Any:
        """The value of ``key``."""
        entry = self._entries.get(key)
        return default if entry is None else entry[1]

    def order(self, key: Hashable) -> Order | None:
        """Where the event stands that told the value of ``key``."""
        entry = self._entries.get(key)
        return None if entry is None else entry[0]

    def items(self) -> Iterator[tuple[Any, Value]]:
        """Keys and values, in the order in which the keys were met first."""
        return ((key, entry[1]) for key, entry in self._entries.items())

    def in_order(self) -> list[Value]:
        """The values in the order of the events that count."""
        return [value for _, value in sorted(self._entries.values(), key=lambda entry: entry[0])]

    def __len__(self) -> int:
        return len(self._entries)
