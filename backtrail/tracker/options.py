"""What the user has set: in the settings of the extension, or, which counts more, in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any


class Options:
    """The options that came with attaching, by name; ``BACKTRAIL_<NAME>`` in the environment wins."""

    def __init__(self, given: Mapping[str, Any] | None = None) -> None:
        self._given: dict[str, Any] = dict(given or {})

    def use(self, given: Mapping[str, Any]) -> None:
        """Takes the options of a later request; those that it does not name stay."""
        self._given.update(given)

    def number(self, name: str, default: float) -> float:
        """A number that is not negative, ``default`` where none is given."""
        for found in (_variable(name), self._given.get(name)):
            try:
                value = float(found) if isinstance(found, (str, int, float)) else -1.0
            except ValueError:
                continue
            if 0 <= value < float("inf"):
                return value
        return default

    def word(self, name: str, default: str) -> str:
        """A word, ``default`` where none is given."""
        for found in (_variable(name), self._given.get(name)):
            if isinstance(found, str) and found.strip():
                return found.strip()
        return default

    def words(self, name: str) -> list[str]:
        """A list of words; in the environment they are separated by commas."""
        variable = _variable(name)
        given = self._given.get(name)
        found = variable.split(",") if variable is not None else given if isinstance(given, list) else []
        return [word.strip() for word in found if isinstance(word, str) and word.strip()]


def _variable(name: str) -> str | None:
    key, kept_as = _key(name)
    # To ask the environment itself takes some microseconds, and each cell does so several times.
    kept = getattr(os.environ, "_data", None)
    return None if type(kept) is dict and kept_as not in kept else os.environ.get(key)


@lru_cache(maxsize=64)
def _key(name: str) -> tuple[str, str | bytes]:
    """The name of a variable, and how the environment keeps it."""
    key = f"BACKTRAIL_{name.upper()}"
    return key, key if os.name == "nt" else os.fsencode(key)
