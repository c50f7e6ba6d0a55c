"""A value as the log has it: described, and without secrets."""

from __future__ import annotations

from typing import Any

from ..session import Session
from . import preview
from .fingerprint import Look

_PROBE = "a1b2c3d4e5"
"""What is taken for a secret wherever the name allows it."""
_NAME = 64
_MOST_KNOWN = 4096


class Values:
    """Describes values for one session's log."""

    def __init__(self, session: Session) -> None:
        self._redactor = session.redactor
        self._secret: dict[str, bool] = {}
        self.full = True
        """Whether values are shown, or only their types and fingerprints."""

    def secret(self, name: str, value: Any) -> bool:
        """Whether a number or text of that name is a secret: its fingerprint could tell a short one."""
        known = self._secret.get(name)
        if known is None:
            if len(self._secret) > _MOST_KNOWN:
                self._secret.clear()
            known = self._secret[name] = self._withholds("probe", name, _PROBE)
        return known and self._withholds("probe", name, _text(value))

    def _withholds(self, event: str, name: str, value: str | int) -> bool:
        return "withheld" in self._redactor.event(event, {"key": name[-_NAME:], "value": value})

    def of(self, name: str, value: Any, look: Look) -> dict[str, Any]:
        """The value of a name."""
        told = preview.describe(value)
        if look.secret or self._is_withheld(name, value):
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
        """Whether a value, or what would be shown of it, is a secret."""
        parts = preview.parts(value)
        return any(
            self.secret(name, part)
            or (_may_hold_one(part) and self._withholds("param", name, str(_text(part))[:_LONGEST]))
            for part in parts
        )


def _may_hold_one(part: Any) -> bool:
    return type(part) is not int and len(part) >= _SHORTEST


def _text(value: Any) -> str | int:
    return value.decode("latin-1") if type(value) is bytes else value


_SHORTEST, _LONGEST = 6, 8192
"""Characters of a text in which secrets are looked for."""
