"""What code does with names, told from its instructions without running it.

``co_names`` mixes the names of the namespace with those of attributes; only the instructions tell them apart.
"""

from __future__ import annotations

import dis
import sys
import weakref
from types import CodeType
from typing import Any, NamedTuple

from .kinds import identity


class Uses(NamedTuple):
    """What a code object and those inside it do."""

    loads: frozenset[str]
    """Names of the namespace, or of builtins."""
    stores: frozenset[str]
    """Names of the namespace that are bound or deleted."""
    patches: frozenset[str]
    """What has attributes set, from a name of the namespace on: ``np.linalg`` for ``np.linalg.x = 1``."""


_EXTENDED = dis.opmap["EXTENDED_ARG"]
_SHIFTS = {
    "LOAD_GLOBAL": 1 if sys.version_info >= (3, 11) else 0,
    "LOAD_ATTR": 1 if sys.version_info >= (3, 12) else 0,
}
"""Some instructions keep flags in the lowest bits of their argument, the rest is the index of the name."""


def _table(*names: str) -> dict[int, int]:
    return {dis.opmap[name]: _SHIFTS.get(name, 0) for name in names if name in dis.opmap}


_LOADS = _table("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
_STORES = _table("STORE_GLOBAL", "DELETE_GLOBAL")
_ATTRIBUTES = _table("LOAD_ATTR")
_SETS = _table("STORE_ATTR", "DELETE_ATTR")
_NOTHING = {dis.opmap[name] for name in ("CACHE", "NOP", "RESUME") if name in dis.opmap}

_known: dict[int, tuple[weakref.ref[CodeType], Uses]] = {}
_MOST_KNOWN = 2048


def uses(code: CodeType) -> Uses:
    """What ``code`` does with names; remembered while the code lives."""
    known = _known.get(identity(code))
    if known is not None and known[0]() is code:
        return known[1]
    loads: set[str] = set()
    stores: set[str] = set()
    patches: set[str] = set()
    waiting = [code]
    while waiting:
        one = waiting.pop()
        _read(one, loads, stores, patches)
        waiting += [constant for constant in one.co_consts if type(constant) is CodeType]
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    found = Uses(frozenset(loads), frozenset(stores), frozenset(patches))
    _known[identity(code)] = weakref.ref(code), found
    return found


def _read(code: CodeType, loads: set[str], stores: set[str], patches: set[str]) -> None:
    names, data = code.co_names, code.co_code
    high, path = 0, ""
    for at in range(0, len(data), 2):
        operation = data[at]
        if operation in _NOTHING:
            continue
        argument = high | data[at + 1]
        high = argument << 8 if operation == _EXTENDED else 0
        if high or operation == _EXTENDED:
            continue
        if operation in _LOADS:
            path = _name(names, argument >> _LOADS[operation])
            loads.add(path)
        elif operation in _ATTRIBUTES and path:
            path += "." + _name(names, argument >> _ATTRIBUTES[operation])
        else:
            if operation in _STORES:
                stores.add(_name(names, argument))
            elif operation in _SETS and path:
                patches.add(path)
            path = ""


def _name(names: tuple[Any, ...], index: int) -> str:
    return str(names[index]) if index < len(names) else ""
