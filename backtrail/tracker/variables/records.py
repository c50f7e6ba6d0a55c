"""What is known of the names of a notebook: as they were when they were looked at last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .fingerprint import Look

_MOST_MEMBERS = 100_000
"""Of all names together; what has more is known by itself alone."""


class Record:
    """One name: the identity of what it stood for, and how that looked.

    The value itself is not held: a large array must be gone when its owner lets it go.
    """

    __slots__ = ("identity", "look", "parts_of")

    def __init__(self, identity: int, look: Look) -> None:
        self.identity = identity
        self.look = look
        self.parts_of: frozenset[str] = frozenset()
        """Names that it may be a part of, where that could not be seen in full."""


class Records:
    """The records by name, and which names have objects or memory in common."""

    def __init__(self) -> None:
        self._by_name: dict[str, Record] = {}
        self._holders: dict[int, set[str]] = {}
        self._in_memory: dict[str, tuple[int, int]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def names(self) -> list[str]:
        """The names that are known."""
        return list(self._by_name)

    def get(self, name: str) -> Record | None:
        """The record of a name, or None."""
        return self._by_name.get(name)

    def put(self, name: str, record: Record) -> None:
        """Replaces the record of a name."""
        self.drop(name)
        look = record.look
        if len(self._holders) + len(look.members) > _MOST_MEMBERS:
            look = look._replace(members=look.members & {record.identity}, partial=True)
            record.look = look
        self._by_name[name] = record
        for member in look.members:
            self._holders.setdefault(member, set()).add(name)
        if look.ranges:
            self._in_memory[name] = min(look.ranges)[0], max(high for _, high in look.ranges)

    def drop(self, name: str) -> None:
        """Forgets a name."""
        record = self._by_name.pop(name, None)
        if record is None:
            return
        self._in_memory.pop(name, None)
        for member in record.look.members:
            names = self._holders.get(member)
            if names is not None:
                names.discard(name)
                if not names:
                    del self._holders[member]

    def relatives(self, look: Look) -> set[str]:
        """The names that have an object or memory in common with a value."""
        found: set[str] = set()
        if len(look.members) <= len(self._holders):
            for member in look.members:
                found |= self._holders.get(member, _NONE)
        else:
            for member, names in self._holders.items():
                if member in look.members:
                    found |= names
        if look.ranges:
            low, high = min(look.ranges)[0], max(end for _, end in look.ranges)
            for name, (first, last) in self._in_memory.items():
                if first < high and low < last and name not in found:
                    other = self._by_name[name].look
                    if overlap(look.ranges, other.ranges):
                        found.add(name)
        return found

    def whole_of(self, name: str) -> frozenset[str]:
        """The names that ``name`` may be a part of, where that could not be seen in full."""
        record = self._by_name.get(name)
        return record.parts_of if record is not None else _NONE


_NONE: frozenset[str] = frozenset()


def overlap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> bool:
    """Whether two sets of memory ranges have a byte in common."""
    marks = sorted([(low, high, 0) for low, high in one] + [(low, high, 1) for low, high in other])
    ends = [0, 0]
    for low, high, side in marks:
        if low < ends[1 - side]:
            return True
        ends[side] = max(ends[side], high)
    return False


def groups(looks: Mapping[str, Look]) -> list[list[str]]:
    """The names that have an object or memory in common, in groups of two and more."""
    parent = {name: name for name in looks}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    first: dict[int, str] = {}
    memory: list[tuple[int, int, str]] = []
    for name, look in looks.items():
        for member in look.members:
            other = first.setdefault(member, name)
            if other is not name:
                parent[root(name)] = root(other)
        memory += [(low, high, name) for low, high in look.ranges]
    memory.sort()
    end, owner = 0, ""
    for low, high, name in memory:
        if low < end:
            parent[root(name)] = root(owner)
        if high > end:
            end, owner = high, name
    found: dict[str, list[str]] = {}
    for name in looks:
        found.setdefault(root(name), []).append(name)
    return [sorted(names) for names in found.values() if len(names) > 1]
