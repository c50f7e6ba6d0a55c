"""How a library's part says which of its types it knows."""

from __future__ import annotations

from typing import Any, NamedTuple

from .walk import Handler


class Rule(NamedTuple):
    """``type`` is None where the library has no such type."""

    type: Any
    handler: Handler
    below: bool = False
    """Whether the library's own types that are derived from it are handled alike."""
    derived: bool = False
    """Whether types of the user's that are derived from it are, too: the handler runs none of their code."""
