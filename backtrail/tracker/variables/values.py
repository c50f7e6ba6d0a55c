"""A value as the log has it: described, and without secrets."""

from __future__ import annotations

from typing import Any

from ..session import Session
from . import preview
from .fingerprint import Look

_PROBE = "a1b2c3d4e5"
_MOST_KNOWN = 4096


class Values:
    """Describes values for one session's log."""

    def __init__(self, session: Session) -> None:
        self._redactor = session.redactor
        self._secret: dict[str, bool] = {}
        self.full = True
        """Whether values are shown, or only their types and fingerprints."""

    def secret(self, name: str) -> bool:
        """Whether what has this name is a secret: its fingerprint could tell a short one."""
        known = self._secret.get(name)
        if known is None:
            if len(self._secret) > _MOST_KNOWN:
                self._secret.clear()
            told = self._redactor.event("probe", {"key": name[-64:], "value": _PROBE})
            known = self._secret[name] = "withheld" in told
        return known

    def of(self, name: str, value: Any, look: Look) -> dict[str, Any]:
        """The value of a name."""
        told = preview.describe(value)
        plain = preview.has_text(value) or type(value) is int
        if look.secret or (plain and self._is_withheld(name, value)):
            return {"type": told["type"], "seen": "opaque", "withheld": True}
        if look.fingerprint is not None:
            told["fingerprint"] = look.fingerprint
        told["seen"] = look.seen
        if self.full:
            told["preview"] = preview.preview(value, told)
        else:
            for key in ("size", "shape", "dtype"):
                told.pop(key, None)
        return told

    def bare(self, value: Any) -> dict[str, Any]:
        """A value that nothing but its type is told of."""
        return {"type": preview.describe(value)["type"], "seen": "skipped"}

    def _is_withheld(self, name: str, value: Any) -> bool:
        if self.secret(name):
            return True
        if not preview.has_text(value):
            return False
        text = value if type(value) is str else repr(value)
        return "withheld" in self._redactor.event("param", {"key": name, "value": text[:_LONGEST]})


_LONGEST = 8192
