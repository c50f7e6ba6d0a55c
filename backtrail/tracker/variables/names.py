"""The names of a notebook that are its own, and not IPython's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .fingerprint.kinds import identity

_OF_IPYTHON = frozenset({"In", "Out", "exit", "get_ipython", "quit", "_", "__", "___", "_i", "_ii", "_iii"})
_LISTS = frozenset({"_dh", "_ih", "_oh"})
_NUMBERED = re.compile(r"_i?\d+")
_DISPLAYED = re.compile(r"_(\d+)")


def own(name: str, hidden: Any, value: int) -> bool:
    """Whether a name is the user's; ``hidden`` are those that IPython brought, with their values if known."""
    if name.startswith("_") and (name.endswith("__") or _NUMBERED.fullmatch(name)):
        return False
    if name in _OF_IPYTHON or name in _LISTS:
        return False
    # A name of IPython's that was bound anew is the user's.
    return name not in hidden or (isinstance(hidden, dict) and identity(hidden[name]) != value)


def displayed(name: str) -> bool:
    """Whether it is a name that IPython gives to what a cell displayed."""
    return _DISPLAYED.fullmatch(name) is not None


class Displayed:
    """The values that cells displayed, which IPython keeps as ``_5``, ``_`` and ``Out[5]``."""

    def __init__(self) -> None:
        self._last: list[str] = []

    def note(self, rebound: Iterable[str]) -> str | None:
        """The name of what an execution displayed, among those that it bound."""
        for name in rebound:
            if _DISPLAYED.fullmatch(name):
                self._last = [*self._last[-2:], name]
                return name
        return None

    def meant(self, name: str, namespace: Mapping[str, Any]) -> list[str]:
        """The names of displayed values that a name stands for."""
        if name in ("_", "__", "___"):
            return self._last[-len(name) :][:1] if len(self._last) >= len(name) else []
        if name in ("Out", "_oh"):
            return [one for one in namespace if type(one) is str and _DISPLAYED.fullmatch(one)]
        return [name] if _DISPLAYED.fullmatch(name) and name in namespace else []
