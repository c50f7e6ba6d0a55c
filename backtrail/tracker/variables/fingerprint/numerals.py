"""Decimal numbers, fractions and identifiers, of modules that not every notebook loads."""

from __future__ import annotations

import sys
from typing import Any

from . import digests
from .kinds import qualname
from .rules import Rule
from .walk import Walk


def rules() -> list[Rule]:
    """Those of the modules that are loaded."""
    places = (("decimal", "Decimal"), ("fractions", "Fraction"), ("uuid", "UUID"))
    return [Rule(getattr(sys.modules.get(module), name, None), _by_text) for module, name in places]


def _by_text(walk: Walk, value: Any) -> bytes:
    return digests.named(b"text", qualname(type(value)), str(value))
