"""Classes: those of the notebook by what they are made of, all others by their names."""

from __future__ import annotations

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
    keys = sorted(kept)
    return digests.node(b"class", [*named, mapping(walk, b"attributes", keys, [kept[key] for key in keys])])
