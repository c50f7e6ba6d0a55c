"""numpy's generators that are bound to names of the notebook, and their states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from . import streams
from .namespace import Snapshot, kinds_of, module_of

_MOST = 32


class Bound(NamedTuple):
    """A generator that a name stands for, held so that its identity stays its own."""

    generator: Any
    state: Any
    """Compared for equality only."""


def find(namespace: Mapping[str, Any], names: Snapshot, module: Any) -> dict[str, Bound]:
    """The generators by name; ``module`` is ``numpy.random``. Only numpy's own types are looked at."""
    generator, legacy = module.Generator, module.RandomState
    found: dict[str, Bound] = {}
    for name in names.of_kinds(_kinds(generator, legacy)):
        value = namespace.get(name)
        kind = type(value)
        if (kind is generator or kind is legacy) and not name.startswith("_"):
            state = _state(value, kind is legacy)
            if state is not None:
                found[name] = Bound(value, state)
                if len(found) == _MOST:
                    break
    return found


@lru_cache(maxsize=4)
def _kinds(*types: type) -> frozenset[int]:
    return kinds_of(types)


def changes(before: Mapping[str, Bound], after: Mapping[str, Bound]) -> dict[str, dict[str, str | None]]:
    """The digests before and after of the generators that are not as they were; null before for a new one."""
    changed: dict[str, dict[str, str | None]] = {}
    for name, now in after.items():
        was = before.get(name)
        known = was is not None and was.generator is now.generator
        if was is not None and known and was.state == now.state:
            continue
        changed[name] = {
            "before": _digest(was.state) if was is not None and known else None,
            "after": _digest(now.state),
        }
    return changed


def _state(value: Any, legacy: bool) -> Any:
    source = value if legacy else value.bit_generator
    bits = value._bit_generator if legacy else source
    if not module_of(type(bits)).startswith("numpy.random"):
        return None
    state = value.get_state(legacy=False) if legacy else source.state
    # Those of `default_rng` hold plain numbers only; arrays cannot be compared as they are.
    return state if state["bit_generator"].startswith("PCG64") else streams.numpy_state(state)


def _digest(state: Any) -> str:
    data = state if isinstance(state, bytes) else json.dumps(state, sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()
