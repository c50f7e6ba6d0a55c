"""The words that a name is made of."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[A-Z]")


@lru_cache(maxsize=2048)
def words(name: str) -> tuple[str, ...]:
    """``nEpochs``, ``N_EPOCHS`` and ``n_epochs`` are ("n", "epochs")."""
    return tuple(word.lower() for word in _WORD.findall(name))
