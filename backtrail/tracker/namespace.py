"""The names of a notebook at one moment, looked at once for all who ask then."""

from __future__ import annotations

import ctypes
import sys
from array import array
from collections.abc import Iterable, Mapping
from itertools import compress, count
from operator import ne
from typing import Any, NamedTuple

identity = object.__hash__
"""A number for an object that no other has while it lives. Unlike ``id`` it is no event for audit hooks."""

_MODULE = type.__dict__["__module__"].__get__
_WORD = ctypes.sizeof(ctypes.c_void_p)
_ITEMS = tuple.__basicsize__
_BLOCK = 64 * _WORD


_Kinds = tuple[frozenset[int], bool]
_Moved = tuple[str, "int | None", int]
"""A name, the kind of what it stood for (None: it is new), and of what it stands for now."""


class _Places(NamedTuple):
    """Where in memory the names lie, what they stand for, and the types of that."""

    names: bytes
    values: bytes
    types: bytes


class Snapshot:
    """What the names stand for, by identity: the values are not held.

    Two of one `Namespace` are the same object where no name stands for anything else.
    """

    __slots__ = ("_changed", "_found", "_kinds", "_names", "_own", "_since", "identities", "places")

    def __init__(
        self,
        names: tuple[str, ...],
        places: _Places,
        identities: dict[str, int],
        kinds: list[int],
        own: frozenset[int],
    ) -> None:
        self.places = places
        self.identities = identities
        """By name, in the order of the namespace."""
        # Held, so that no other text comes to lie where one of them does.
        self._names = names
        self._kinds = kinds
        self._own = own
        self._since: Snapshot | None = None
        self._changed: list[str] = []
        self._found: dict[_Kinds, list[str]] = {}

    def of_kinds(self, kinds: frozenset[int], with_own: bool = False) -> list[str]:
        """The names that stand for something of exactly these types (as `kinds_of` gives them), in order.

        ``with_own``: and those of the notebook's own classes.
        """
        found = self._found.get((kinds, with_own))
        if found is None:
            wanted = kinds | self._own if with_own else kinds
            found = list(compress(self._names, map(wanted.__contains__, self._kinds)))
            self._found[kinds, with_own] = found
        return found

    def differing(self, before: Snapshot) -> list[str]:
        """The names that stand for something else than ``before``, or for nothing then."""
        if before is self:
            return []
        if before is self._since:
            return self._changed
        old = before.identities
        return [name for name, number in self.identities.items() if old.get(name) != number]

    def without(self, after: Snapshot) -> list[str]:
        """The names that are there no more ``after``."""
        if after.places.names.startswith(self.places.names):
            return []
        return [name for name in self._names if name not in after.identities]

    def then(self, names: tuple[str, ...], places: _Places, values: tuple[Any, ...]) -> Snapshot:
        """The one after this, of the same names and perhaps more behind them."""
        identities, kinds = self.identities.copy(), self._kinds.copy()
        changed, own = [], set(self._own)
        moved: list[_Moved] = []
        for at in _differences(self.places, places):
            name, value = names[at], values[at]
            number, kind = identity(value), type(value)
            if identities.get(name) != number:
                changed.append(name)
            identities[name] = number
            moved.append((name, kinds[at] if at < len(kinds) else None, identity(kind)))
            kinds[at : at + 1] = [identity(kind)]
            if module_of(kind) == "__main__":
                own.add(identity(kind))
        made = Snapshot(names, places, identities, kinds, frozenset(own))
        made._since, made._changed = self, changed
        made._found = self._still_found(moved, made._own)
        # Nobody asks for what was before that.
        self._since = None
        return made

    def _still_found(self, moved: list[_Moved], own: frozenset[int]) -> dict[_Kinds, list[str]]:
        """What `of_kinds` found and still holds: mostly a name stands for another value of the same type."""
        kept: dict[_Kinds, list[str]] = {}
        for key, found in self._found.items():
            kinds, with_own = key
            wanted = kinds | own if with_own else kinds
            new: list[str] = []
            for name, was, now in moved:
                if was is None:
                    if now in wanted:
                        new.append(name)
                elif (was in wanted) is not (now in wanted):
                    break
            else:
                kept[key] = [*found, *new] if new else found
        return kept


NOTHING = Snapshot((), _Places(b"", b"", b""), {}, [], frozenset())


class Namespace:
    """The namespace of one notebook, which is only read, by any thread."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self.values = values
        self._last = NOTHING
        self._at: tuple[int, bool, Snapshot] = (-1, False, NOTHING)

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
        names, values = tuple(self.values), tuple(self.values.values())
        last = self._last
        where = _places(names)
        if len(names) != len(values) or not self._are_texts(names, where):
            # A namespace can have names that are no text, and another thread may bind one in between.
            items = [(name, value) for name, value in list(self.values.items()) if type(name) is str]
            names, values = tuple(name for name, _ in items), tuple(value for _, value in items)
            where = _places(names)
        places = _Places(where, _places(values), _places(tuple(map(type, values))))
        if places == last.places:
            return last
        # As nearly always: new names stand at the end.
        base = last if where.startswith(last.places.names) else NOTHING
        self._last = found = base.then(names, places, values)
        return found

    def _are_texts(self, names: tuple[Any, ...], where: bytes) -> bool:
        """Whether all names are texts, as those are that were there before, mostly at the same places."""
        known = self._last.places.names
        new = names[len(known) // _WORD :] if where.startswith(known) else names
        return all(type(name) is str for name in new)


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


def _copied(values: tuple[Any, ...]) -> bytes:
    """The addresses in a tuple, a word each, without touching what lies there."""
    return ctypes.string_at(id(values) + _ITEMS, len(values) * _WORD)


def _asked(values: tuple[Any, ...]) -> bytes:
    return array("q" if _WORD == 8 else "i", map(identity, values)).tobytes()


def _is_as_expected() -> bool:
    probe = ((), "", 0, None)
    try:
        return _copied(probe) == b"".join(id(one).to_bytes(_WORD, sys.byteorder) for one in probe)
    except Exception:
        return False


_places = _copied if sys.implementation.name == "cpython" and _is_as_expected() else _asked


def _differences(old: _Places, new: _Places) -> list[int]:
    """The positions, in order, at which something else lies, or nothing lay."""
    known = len(old.values) // _WORD
    found: set[int] = set()
    for before, now in ((old.values, new.values), (old.types, new.types)):
        if not now.startswith(before):
            # Block by block, for nearly all are alike.
            for start in range(0, len(before), _BLOCK):
                one, other = before[start : start + _BLOCK], now[start : start + _BLOCK]
                if one != other:
                    found.update(compress(count(start // _WORD), map(ne, _words(one), _words(other))))
    return [*sorted(found), *range(known, len(new.values) // _WORD)]


def _words(data: bytes) -> list[int]:
    return memoryview(data).cast("P").tolist()
