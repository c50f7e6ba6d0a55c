"""Addresses as they may stand in a record."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_LONGEST = 2048
_SECRET = re.compile(
    r"token|secret|passw|key|auth|sig|credential|session|code=|expires|policy|x-amz|x-goog|sv=|se=",
    re.IGNORECASE,
)


def public(url: str) -> str:
    """An address without user, password and fragment, and without a query that may let somebody in."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        place = host + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return "[an address that is none]"
    query = "[withheld]" if _SECRET.search(parts.query) else parts.query
    return urlunsplit((parts.scheme, place, parts.path, query, ""))[:_LONGEST]
