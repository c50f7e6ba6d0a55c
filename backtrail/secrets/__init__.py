"""Keeps secrets out of the log: see docs/secrets.md."""

from __future__ import annotations

from .redactor import Redactor, Withheld, patterns

__all__ = ["Redactor", "Withheld", "patterns"]
