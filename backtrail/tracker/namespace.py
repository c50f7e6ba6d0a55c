"""The names of a notebook at one moment, looked at once for all who ask then."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping
from itertools import compress
from operator import ne
from typing import Any

identity = object.__hash__
"""A number for an object that no other has while it lives. Unlike ``id`` it is no event for audit hooks."""

_MODULE = type.__dict__["__module__"].__get__
_ONLY_TEXT = frozenset({identity(str)})


class Snapshot:
    """What the names stand for, by identity: the values are not held.

    Two of one `Namespace` are the same object where no name stands for anything else.
    """

    __slots__ = ("_found", "_kinds", "_names", "_numbers", "_of_notebook", "identities")

    def __init__(
        self, names: list[str], numbers: list[int], kinds: list[int], of_notebook: frozenset[int]
    ) -> None:
        self.identities = dict(zip(names, numbers))
        """By name, in the order of the namespace."""
        self._names = names
        self._numbers = numbers
        self._kinds = kinds
        self._of_notebook = of_notebook
        self._found: dict[Any, list[str]] = {}

    def is_of(self, names: list[str], numbers: list[int], kinds: list[int]) -> bool:
        """Whether these are the same names that stand for the same."""
        return names == self._names and numbers == self._numbers and kinds == self._kinds

    def of_kinds(self, kinds: frozenset[int], with_own: bool = False) -> list[str]:
        """The names that stand for something of exactly these types, told by their identities.

        ``with_own``: and those of the notebook's own classes.
        """
        found = self._found.get((kinds, with_own))
        if found is None:
            wanted = kinds | self._of_notebook if with_own else kinds
            found = self._found[kinds, with_own] = list(
                compress(self._names, map(wanted.__contains__, self._kinds))
            )
        return found

    def differing(self, before: Snapshot) -> list[str]:
        """The names that stand for something else than ``before``, or for nothing then."""
        if before is self:
            return []
        known = len(before._names)
        if self._names[:known] == before._names:
            # As nearly always: new names stand at the end.
            changed = compress(self._names, map(ne, self._numbers, before._numbers))
            return [*changed, *self._names[known:]]
        old = before.identities
        return [name for name, number in self.identities.items() if old.get(name) != number]

    def without(self, after: Snapshot) -> list[str]:
        """The names that are there no more ``after``."""
        gone = [] if after is self else self.identities.keys() - after.identities.keys()
        return [name for name in self._names if name in gone] if gone else []


NOTHING = Snapshot([], [], [], frozenset())


class Namespace:
    """The namespace of one notebook, which is only read, by any thread."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self.values = values
        self._last = NOTHING
        self._at: tuple[int, bool, Snapshot] = (-1, False, NOTHING)
        self._types: dict[int, tuple[weakref.ref[type], bool]] = {}
        """Types that were met, by identity, and whether the notebook defines them."""

    def at(self, n: int, ended: bool) -> Snapshot:
        """How the names are where execution ``n`` begins or has ``ended``: for all who ask the same."""
        known = self._at
        if known[0] == n and known[1] is ended:
            return known[2]
        found = self.now()
        self._at = n, ended, found
        return found

    def now(self) -> Snapshot:
        """How the names are at this moment."""
        names, values = list(self.values), list(self.values.values())
        numbers = list(map(identity, values))
        types = list(map(type, values))
        if set(map(identity, map(type, names))) - _ONLY_TEXT or len(names) != len(values):
            # A namespace can have names that are no text, and another thread may bind one in between.
            whole = [
                (name, number, kind) for name, number, kind in zip(names, numbers, types) if type(name) is str
            ]
            names = [name for name, _, _ in whole]
            numbers = [number for _, number, _ in whole]
            types = [kind for _, _, kind in whole]
        kinds = list(map(identity, types))
        last = self._last
        if last.is_of(names, numbers, kinds):
            return last
        found = self._last = Snapshot(names, numbers, kinds, self._own(dict(zip(kinds, types))))
        return found

    def _own(self, types: Mapping[int, type]) -> frozenset[int]:
        """Those of the types that the notebook defines."""
        known = self._types
        for number, kind in types.items():
            judged = known.get(number)
            # Another type may have come where one was.
            if judged is None or judged[0]() is not kind:
                known[number] = weakref.ref(kind), module_of(kind) == "__main__"
        if len(known) > len(types) + 1000:
            self._types = {number: known[number] for number in types}
        return frozenset(number for number in types if known[number][1])


def kinds_of(types: Iterable[type | None]) -> frozenset[int]:
    """The identities of types, as `Snapshot.of_kinds` is asked for them."""
    return frozenset(identity(kind) for kind in types if kind is not None)


def module_of(kind: type) -> str:
    """The module that a type says it is from, without asking its metaclass; empty when it says none."""
    try:
        found = _MODULE(kind)
    except AttributeError:
        return ""
    return found if type(found) is str else ""
