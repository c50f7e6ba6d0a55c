"""Times of the log: ISO 8601 in UTC with microseconds, and microseconds since 1970 to calculate with."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)

_minute = 0, "1970-01-01T00:00:"
"""The minute that was written last, counted from 1970: to write one takes long."""


def now() -> str:
    """The present, as a log writes it."""
    global _minute
    whole = time.time_ns() // 1000
    minute, rest = divmod(whole, 60_000_000)
    known = _minute
    if known[0] != minute:
        known = _minute = minute, iso(minute * 60_000_000)[:17]
    return f"{known[1]}{rest // 1_000_000:02}.{rest % 1_000_000:06}Z"


def iso(microseconds: int) -> str:
    """``2026-11-23T15:16:15.123456Z`` for that many microseconds since 1970."""
    moment = _EPOCH + timedelta(microseconds=microseconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def microseconds(text: object) -> int | None:
    """Microseconds since 1970 of a time in a log, or None when it is none."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return (moment - _EPOCH) // _MICROSECOND
