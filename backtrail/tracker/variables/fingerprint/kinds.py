"""What type a value has, asked of the type alone: classes and their metaclasses may answer with own code."""

from __future__ import annotations

import sys
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any

from ... import namespace
from ...callees import attributes

identity = namespace.identity

_TYPE = type.__dict__
_MRO = _TYPE["__mro__"].__get__
_NAME = _TYPE["__name__"].__get__
_QUALNAME = _TYPE["__qualname__"].__get__
_SIZE = _TYPE["__basicsize__"].__get__
_DICT_AT = _TYPE["__dictoffset__"].__get__
_WEAK_AT = _TYPE["__weakrefoffset__"].__get__
_WORD = 8 if sys.maxsize > 1 << 32 else 4


def mro(kind: type) -> tuple[type, ...]:
    """The classes whose attributes a value of ``kind`` has."""
    found: tuple[type, ...] = _MRO(kind)
    return found


def name(kind: type) -> str:
    """The bare name of a type."""
    return str(_NAME(kind))


def qualname(kind: type) -> str:
    """The name of a type within its module."""
    return str(_QUALNAME(kind))


module = namespace.module_of


def library(kind: type) -> str:
    """The first part of that module's name."""
    return module(kind).partition(".")[0]


def from_library(kind: type) -> bool:
    """Whether a type really is what its module has under its name, and not one of the notebook's."""
    home = sys.modules.get(module(kind))
    if home is None or module(kind) == "__main__":
        return False
    try:
        found: Any = object.__getattribute__(home, "__dict__")
        for part in qualname(kind).split("."):
            found = found[part] if type(found) is dict else attributes(found)[part]
    except (AttributeError, KeyError, TypeError):
        return False
    return found is kind


def own_attributes(value: Any) -> dict[Any, Any] | None:
    """The dictionary of an instance, without asking the instance; None where it has none."""
    for one in mro(type(value)):
        found = attributes(one).get("__dict__")
        if found is not None:
            if type(found) is not GetSetDescriptorType:
                # A class that answers for its dictionary itself.
                return None
            break
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return own if type(own) is dict else None


def slots(kind: type) -> dict[str, MemberDescriptorType]:
    """The slots that the Python classes among the bases of ``kind`` give its values."""
    found: dict[str, MemberDescriptorType] = {}
    for one in reversed(mro(kind)):
        members = attributes(one)
        if "__slots__" in members:
            found.update((key, item) for key, item in members.items() if type(item) is MemberDescriptorType)
    return found


def hides_state(kind: type, base: type, slot_count: int) -> bool:
    """Whether values of ``kind`` hold more than ``base``, a dictionary and slots, as those of C code do."""
    size = _SIZE(base) + slot_count * _WORD
    size += _WORD if _DICT_AT(kind) > 0 and _DICT_AT(base) == 0 else 0
    size += _WORD if _WEAK_AT(kind) > 0 and _WEAK_AT(base) == 0 else 0
    return bool(_SIZE(kind) > size)
