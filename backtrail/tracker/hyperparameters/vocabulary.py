"""The words that the rules on hyperparameters know, by list. Other languages read the same file."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path


def vocabulary(name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(word for line in _lists()[name] for word in line.split())


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return found
