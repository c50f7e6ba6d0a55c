"""The hyperparameters found for one training cell, and which arguments of calls they are given as."""

from __future__ import annotations

from typing import Any, NamedTuple

from .vocabulary import vocabulary
from .words import words

_HOLDERS = vocabulary("holders")
_HELD = frozenset({"config", "argparse", "dataclass"})


class Param(NamedTuple):
    """A captured param: ``value`` is plain JSON."""

    value: Any
    origin: str


class Found:
    """``params`` by key; ``sources`` by callee and argument ("" for one by place): the names given there."""

    def __init__(self) -> None:
        self.params: dict[str, Param] = {}
        self.sources: dict[tuple[str, str], set[str]] = {}
        self.full: dict[str, str] = {}
        """For a key that was made shorter what it was: of ``lr`` it is ``config.lr``."""

    def add(self, key: str, value: Any, origin: str) -> None:
        """A param; the latest value counts."""
        self.params.pop(key, None)
        self.params[key] = Param(value, origin)

    def carry(self, callee: str, argument: str, key: str) -> None:
        """An argument of a call is given what stands under ``key``."""
        self.sources.setdefault((callee, argument), set()).add(key)

    def shorten(self) -> None:
        """Takes names that say no more than that they hold params from the keys, where two do not meet."""
        found = {key: param for key, param in self.params.items() if _short(key, param.origin) == key}
        renamed: dict[str, str] = {}
        for key, param in self.params.items():
            short = _short(key, param.origin)
            if short != key:
                taken = found.get(short)
                short = short if taken is None or repr(taken.value) == repr(param.value) else key
                found.setdefault(short, param)
                renamed[key] = short
        self.params = {renamed.get(key, key): found[renamed.get(key, key)] for key in self.params}
        self.full = {short: key for key, short in renamed.items() if short != key}
        for keys in self.sources.values():
            keys |= {renamed[key] for key in keys if key in renamed}


def _short(key: str, origin: str) -> str:
    parts = key.split(".")
    if origin in _HELD:
        # The name comes first, or after that of the function it belongs to.
        for place in range(min(2, len(parts) - 1)):
            if words(parts[place]) and _HOLDERS.issuperset(words(parts[place])):
                return ".".join([*parts[:place], *parts[place + 1 :]])
    return key
