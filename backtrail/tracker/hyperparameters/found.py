"""The hyperparameters found for one training cell, and which arguments of calls they are given as."""

from __future__ import annotations

from typing import Any, NamedTuple


class Param(NamedTuple):
    """A captured param: ``value`` is plain JSON."""

    value: Any
    origin: str


class Found:
    """``params`` by key; ``sources`` by callee and argument ("" for one by place): the names given there."""

    def __init__(self) -> None:
        self.params: dict[str, Param] = {}
        self.sources: dict[tuple[str, str], set[str]] = {}

    def add(self, key: str, value: Any, origin: str) -> None:
        """A param; the latest value counts."""
        self.params.pop(key, None)
        self.params[key] = Param(value, origin)

    def carry(self, callee: str, argument: str, key: str) -> None:
        """An argument of a call is given what stands under ``key``."""
        self.sources.setdefault((callee, argument), set()).add(key)
