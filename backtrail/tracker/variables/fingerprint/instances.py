"""Objects of classes that were written in Python: told by their attributes, none of their methods is run."""

from __future__ import annotations

import enum
from typing import Any

from . import digests
from .containers import mapping, sequence, unordered
from .kinds import from_library, hides_state, identity, library, module, mro, own_attributes, qualname, slots
from .walk import Walk

_OPAQUE = frozenset(
    {"IPython", "_asyncio", "_io", "_queue", "_socket", "_sqlite3", "_thread", "aiohttp", "altair", "asyncio"}
    | {"bokeh", "comm", "concurrent", "contextlib", "dask", "http", "httpx", "ipykernel", "ipywidgets", "jax"}
    | {"logging", "matplotlib", "multiprocessing", "plotly", "psycopg", "pyspark", "queue", "requests"}
    | {"seaborn", "selectors", "socket", "sqlalchemy", "sqlite3", "ssl", "subprocess", "tensorflow"}
    | {"threading", "tornado", "tqdm", "traitlets", "urllib3", "wandb", "zmq"}
)
"""Libraries whose objects hold what lies outside of them, or far more than a look can take in."""
_STEADY = frozenset({"logging", "wandb", "contextlib"})
_REDUCED = frozenset({"numpy", "scipy", "sklearn"})
"""Libraries whose objects that are made of C code tell their state truly, by code that is not the user's."""


def instance(walk: Walk, value: Any) -> bytes:
    """The digest of an object of any class that nothing more is known of."""
    kind = type(value)
    bases = mro(kind)
    foreign = next((one for one in bases if library(one) in _OPAQUE), None)
    if foreign is not None:
        return walk.unseen(value, steady=library(foreign) in _STEADY)
    named = digests.named(b"class", module(kind), qualname(kind))
    # By identity throughout: a metaclass may answer comparisons, and hashing, with code of its own.
    if any(one is enum.Enum for one in bases):
        return _member(walk, value, named)
    own, held = own_attributes(value), slots(kind)
    base = next((one for one in bases if identity(one) in _BASES), object)
    if hides_state(kind, base, len(held)):
        return _reduced(walk, value, named)
    if own is None and not held and base is object and kind is not object and _has_dictionary(bases):
        return walk.unseen(value)
    walk.member(value)
    for one in bases:
        if module(one) == "__main__":
            walk.kinds.add(identity(one))
            # Not a part of the value, but its methods use names, and what the class holds is shared.
            walk.see(one)
    names = {key: item for key, item in (own or {}).items() if type(key) is str}
    for key, descriptor in held.items():
        try:
            names[key] = descriptor.__get__(value, kind)
        except AttributeError:
            continue
    keys = sorted(names)
    found = mapping(walk, b"attributes", keys, [names[key] for key in keys])
    parts = [named, found]
    if own is not None and len(names) < len(own):
        parts.append(sequence(walk, b"others", [item for key, item in own.items() if type(key) is not str]))
    if base is not object:
        parts.append(_BASES[identity(base)](walk, value))
    return digests.node(b"object", parts)


def _has_dictionary(bases: tuple[type, ...]) -> bool:
    """Whether the values of such a class answer for their attributes by code of their own."""
    return any("__dict__" in type.__dict__["__dict__"].__get__(one) for one in bases)


def _member(walk: Walk, value: Any, named: bytes) -> bytes:
    # One of a few that all share: not something of this value's own.
    own = own_attributes(value) or {}
    return digests.node(b"enum", [named, walk.see(own.get("_name_")), walk.see(own.get("_value_"))])


def _reduced(walk: Walk, value: Any, named: bytes) -> bytes:
    kind = type(value)
    if library(kind) not in _REDUCED or not from_library(kind):
        return walk.unseen(value)
    walk.afford(1e-4)
    try:
        told = value.__reduce_ex__(2)
    except Exception:
        return walk.unseen(value)
    if type(told) is not tuple or len(told) < 2:
        return walk.unseen(value)
    walk.member(value)
    parts = [walk.see(part) for part in told[1:3]]
    return digests.node(b"reduced", [named, *parts])


def _dict(walk: Walk, value: Any) -> bytes:
    return mapping(walk, b"items", list(dict.keys(value)), list(dict.values(value)))


def _list(walk: Walk, value: Any) -> bytes:
    return sequence(walk, b"items", list(list.__iter__(value)))


def _tuple(walk: Walk, value: Any) -> bytes:
    return sequence(walk, b"items", list(tuple.__iter__(value)))


def _set(walk: Walk, value: Any) -> bytes:
    return unordered(walk, b"items", list(set.__iter__(value)))


def _frozenset(walk: Walk, value: Any) -> bytes:
    return unordered(walk, b"items", list(frozenset.__iter__(value)))


def _str(walk: Walk, value: Any) -> bytes:
    return walk.see(str.__str__(value))


def _int(walk: Walk, value: Any) -> bytes:
    return walk.see(int.__int__(value))


def _float(walk: Walk, value: Any) -> bytes:
    return walk.see(float.__float__(value))


def _error(walk: Walk, value: Any) -> bytes:
    return walk.see(BaseException.__dict__["args"].__get__(value))


_BASES: dict[int, Any] = {
    identity(dict): _dict,
    identity(list): _list,
    identity(tuple): _tuple,
    identity(set): _set,
    identity(frozenset): _frozenset,
    identity(str): _str,
    identity(int): _int,
    identity(float): _float,
    identity(BaseException): _error,
}
