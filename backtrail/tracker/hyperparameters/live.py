"""Plain values in the notebook's namespace, read without asking any object of the user's for anything."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from .literals import NOTHING
from .vocabulary import vocabulary

_LONGEST = 64
_DEEPEST = 6
LIBRARIES = vocabulary("libraries")
"""The libraries of models, of training and of their parts."""


def plain(value: Any, depth: int = 0) -> Any:
    """A number, text, bool, None, or a list or dict of such, as JSON has it; `NOTHING` for anything else."""
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if kind is float:
        return value if math.isfinite(value) else NOTHING
    if kind in (list, tuple, set, frozenset, range, dict):
        return _container(value, depth) if depth <= _DEEPEST and len(value) <= _LONGEST else NOTHING
    return _scalar(value)


def attributes(value: Any) -> Mapping[str, Any] | None:
    """What a dict, a namespace, a dataclass or the like holds; None for other objects."""
    kind = type(value)
    if issubclass(kind, dict):
        return {key: one for key, one in list(dict.items(value)) if type(key) is str}
    own = _own(value)
    if own is None:
        return None
    # omegaconf and ml_collections keep theirs under another name.
    for inner in ("_content", "_fields"):
        if (
            type(own.get(inner)) is dict
            and inner in own
            and module_of(kind).startswith(("omegaconf", "ml_coll"))
        ):
            return {key: _unwrapped(one) for key, one in own[inner].items() if type(key) is str}
    if module_of(kind).partition(".")[0] in LIBRARIES:
        # The defaults of a library are not what the user set.
        return None
    if _is_namespace(kind) or _class_says(
        kind, ("__dataclass_fields__", "__pydantic_fields__", "__attrs_attrs__")
    ):
        return dict(own)
    return None


def of_instance(value: Any, name: str) -> Mapping[str, Any] | None:
    """The attributes of an object, or of a class, that a class of the notebook named ``name`` made."""
    if issubclass(type(value), type):
        found = type.__dict__["__dict__"].__get__(value)
        return {key: one for key, one in found.items() if not key.startswith("_")}
    kind = type(value)
    return _own(value) if module_of(kind) == "__main__" and name_of(kind) == name else None


def origin(value: Any) -> str:
    """How a configuration that is found in the namespace is called in the record."""
    kind = type(value)
    argparse = sys.modules.get("argparse")
    if argparse is not None and kind is getattr(argparse, "Namespace", None):
        return "argparse"
    return "dataclass" if _class_says(kind, ("__dataclass_fields__",)) else "config"


def name_of(kind: type) -> str:
    """The name of a class, without asking its metaclass, which may be the user's."""
    return str(type.__getattribute__(kind, "__name__"))


def module_of(kind: type) -> str:
    """The module of a class, in the same way."""
    return str(type.__getattribute__(kind, "__module__"))


def _container(value: Any, depth: int) -> Any:
    if type(value) is dict:
        items = {key: plain(one, depth + 1) for key, one in list(value.items()) if type(key) is str}
        whole = len(items) == len(value) and all(one is not NOTHING for one in items.values())
        return items if whole else NOTHING
    parts = list(value)
    if type(value) in (set, frozenset):
        if not all(type(one) in (int, float, str, bool) for one in parts):
            return NOTHING
        parts.sort(key=repr)
    found = [plain(one, depth + 1) for one in parts]
    return NOTHING if any(one is NOTHING for one in found) else found


def _scalar(value: Any) -> Any:
    """A scalar of numpy, whose types are known by their module and cannot be the user's."""
    numpy = sys.modules.get("numpy")
    generic = getattr(numpy, "generic", None)
    if generic is None or not issubclass(type(value), generic) or module_of(type(value)) != "numpy":
        return NOTHING
    found = value.item()
    return plain(found) if type(found) in (bool, int, float, str) else NOTHING


def _own(value: Any) -> dict[str, Any] | None:
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return own if type(own) is dict else None


def _is_namespace(kind: type) -> bool:
    return (module_of(kind), name_of(kind)) in (("types", "SimpleNamespace"), ("argparse", "Namespace"))


def _class_says(kind: type, names: tuple[str, ...]) -> bool:
    return any(name in found for found in _dictionaries(kind) for name in names)


def _dictionaries(kind: type) -> Iterator[Mapping[str, Any]]:
    for one in type.__dict__["__mro__"].__get__(kind):
        yield type.__dict__["__dict__"].__get__(one)


def _unwrapped(value: Any) -> Any:
    own = _own(value)
    return own["_val"] if own is not None and "_val" in own else value
