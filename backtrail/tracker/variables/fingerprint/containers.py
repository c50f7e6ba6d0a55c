"""Lists, dictionaries and the other containers of Python itself."""

from __future__ import annotations

import gc
from array import array
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable
from math import isnan
from types import CellType, MappingProxyType, SimpleNamespace
from typing import Any

from . import digests
from .kinds import identity
from .walk import OutOfTime, Walk, container, packed

_AN_ITEM = 6e-8
"""Seconds, of the plainest."""
_LONG = 1000
_SAMPLES = 256
_FEW = 256
_NAN = float("nan")
_BOOL, _INT, _FLOAT, _STR = identity(bool), identity(int), identity(float), identity(str)
_SECRETS = frozenset({_INT, _STR, identity(bytes)})


def sequence(walk: Walk, kind: bytes, items: Any) -> bytes:
    """The digest of items in order; ``items`` is an exact list or tuple."""
    size = len(items)
    if walk.thin and size > _LONG:
        walk.sampled = True
        items = [items[index * size // _SAMPLES] for index in range(_SAMPLES)] + list(items[-8:])
    elif size > _LONG:
        walk.afford(size * _AN_ITEM)
    kinds = set(map(identity, map(type, items))) if size > 3 else ()
    together = _together(walk, kinds, items) if len(kinds) == 1 else None
    if together is not None:
        return digests.node(kind, [b"%d" % size, *together])
    return digests.node(kind, [b"%d" % size, *map(walk.see, items)])


def _together(walk: Walk, kinds: Iterable[int], items: Any) -> list[bytes] | None:
    """Items of one plain type at once, in a twentieth of the time."""
    (kind,) = kinds
    if kind == _FLOAT:
        if isnan(sum(items)):
            items = [_NAN if isnan(item) else item for item in items]
        return [b"floats", walk.buffer(packed("d", items))]
    if kind == _INT:
        try:
            return [b"ints", walk.buffer(packed("q", items))]
        except OverflowError:
            return None
    if kind == _BOOL:
        return [b"bools", walk.buffer(bytes(items))]
    if kind == _STR:
        text = "\0".join(items).encode(errors="surrogatepass")
        return [b"strs", walk.buffer(packed("q", map(len, items))), walk.buffer(text)]
    return None


def mapping(walk: Walk, kind: bytes, keys: list[Any], values: list[Any]) -> bytes:
    """The digest of a mapping, whose order counts."""
    if walk.is_secret is not None and not walk.secret and len(keys) <= _FEW:
        walk.secret = any(
            type(key) is str and identity(type(value)) in _SECRETS and walk.is_secret(key, value)
            for key, value in zip(keys, values)
        )
    return digests.node(kind, [sequence(walk, b"keys", keys), sequence(walk, b"values", values)])


def unordered(walk: Walk, kind: bytes, items: list[Any]) -> bytes:
    """The digest of items whose order is no part of the value."""
    if walk.thin and len(items) > _LONG:
        # Which of them to take cannot be told without looking at all.
        walk.sampled = True
        return digests.node(kind, [b"%d" % len(items)])
    walk.afford(len(items) * _AN_ITEM * 5)
    kinds = set(map(identity, map(type, items)))
    if len(kinds) == 1 and kinds <= {_INT, _STR}:
        return sequence(walk, kind, sorted(items))
    return digests.node(kind, sorted(map(walk.see, items)))


@container(list, tuple, deque)
def _sequence(walk: Walk, value: Any) -> bytes:
    kind = type(value)
    if kind is tuple:
        return sequence(walk, b"tuple", value)
    walk.member(value)
    if kind is list:
        return sequence(walk, b"list", value)
    return digests.node(b"deque", [sequence(walk, b"items", list(value)), walk.see(value.maxlen)])


@container(dict, OrderedDict, defaultdict, Counter)
def _mapping(walk: Walk, value: Any) -> bytes:
    walk.member(value)
    kind = type(value)
    # Of the dictionary below, but for the one whose order is kept apart.
    base = OrderedDict if kind is OrderedDict else dict
    keys, values = list(base.keys(value)), list(base.values(value))
    if len(keys) != len(values):
        raise OutOfTime
    found = mapping(walk, kind.__name__.encode(), keys, values)
    if kind is not defaultdict:
        return found
    return digests.node(b"factory", [found, walk.see(value.default_factory)])


@container(set, frozenset)
def _set(walk: Walk, value: Any) -> bytes:
    if type(value) is set:
        walk.member(value)
    return unordered(walk, type(value).__name__.encode(), list(value))


@container(array)
def _array(walk: Walk, value: array[Any]) -> bytes:
    walk.member(value)
    code = value.typecode
    data: Any = value
    if code != "u":
        return digests.node(b"array", [code.encode(), walk.buffer(packed(code, data))])
    return digests.node(b"array", [b"u", walk.see(value.tounicode())])


@container(CellType)
def _cell(walk: Walk, value: CellType) -> bytes:
    try:
        content = value.cell_contents
    except ValueError:
        return b"empty"
    return digests.node(b"cell", [walk.see(content)])


@container(MappingProxyType)
def _proxy(walk: Walk, value: MappingProxyType[Any, Any]) -> bytes:
    # What it stands for may be an object of the user's, and asking it would run its code.
    (inner,) = gc.get_referents(value)
    return digests.node(b"proxy", [walk.see(inner)]) if type(inner) is dict else walk.unseen(value)


@container(memoryview)
def _memory(walk: Walk, value: memoryview) -> bytes:
    try:
        shape, kind, whole = value.shape, value.format, value.obj
    except ValueError:
        return b"released"
    if whole is None or not value.c_contiguous:
        return walk.unseen(value)
    return digests.node(b"memory", [repr(shape).encode(), kind.encode(), walk.buffer(value), walk.see(whole)])


@container(SimpleNamespace)
def _namespace(walk: Walk, value: SimpleNamespace) -> bytes:
    walk.member(value)
    own = object.__getattribute__(value, "__dict__")
    return mapping(walk, b"SimpleNamespace", list(own), list(own.values()))
