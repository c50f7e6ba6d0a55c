"""Classes: those of the notebook by what they are made of, all others by their names."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from ...callees import attributes
from . import digests
from .containers import mapping
from .kinds import from_library, module, mro, qualname
from .walk import Walk

_SKIPPED = frozenset(
    {"__dict__", "__weakref__", "__module__", "__doc__", "__qualname__", "__firstlineno__", "__annotations__"}
    | {"__static_attributes__", "__abstractmethods__", "_abc_impl", "__annotate__", "__annotate_func__"}
    | {"__annotations_cache__", "__parameters__", "__orig_bases__", "__type_params__"}
)
"""Made by Python, in an order that may differ between processes, or of no consequence."""


def class_(walk: Walk, value: Any) -> bytes:
    """The digest of a class."""
    named = [module(value).encode(), qualname(value).encode(errors="surrogatepass")]
    if from_library(value):
        return digests.node(b"class", named)
    bases = [one for one in mro(value)[1:] if module(one) != "builtins"]
    named += [digests.named(b"base", module(one), qualname(one)) for one in bases]
    own = attributes(value)
    kept = {key: own[key] for key in list(own) if type(key) is str and key not in _SKIPPED}
    named += [digests.named(b"registered", *one) for one in _registered(own, value)]
    keys = sorted(kept)
    return digests.node(b"class", [*named, mapping(walk, b"attributes", keys, [kept[key] for key in keys])])


def _registered(own: Mapping[str, Any], value: Any) -> list[tuple[str, str]]:
    """The classes that an abstract class was told of by ``register``, by their names."""
    if "_abc_impl" not in own:
        return []
    # Of CPython's own; another Python may have none.
    dump = getattr(sys.modules.get("_abc"), "_get_dump", None)
    found = [one() for one in dump(value)[0]] if dump is not None else []
    return sorted((module(one), qualname(one)) for one in found if one is not None)
