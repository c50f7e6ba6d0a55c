"""Comparing a value of a run with one of a filter."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, Callable

from backtrail.runlog.lines import number

from .errors import FilterError
from .expression import Value
from .javascript import to_json
from .pattern import compile_pattern

Test = Callable[[Any], bool]

_DATE = re.compile(
    r"[1-9]\d{3}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_JS_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def comparison(operator: str, value: Value, is_time: bool, now: float) -> Test:
    """The test that a comparison makes; ``now`` is in seconds since 1970.

    Raises:
        FilterError: the value cannot be compared so.
    """
    wanted = value.value
    if operator in ("~", "!~"):
        pattern = _pattern(value)
        return lambda actual: (pattern.search(text_of(actual)) is not None) == (operator == "~")
    if value.kind == "boolean":
        if operator not in ("=", "!="):
            raise FilterError("true and false can only be compared by = and !=.", value.start)
        word = "true" if wanted else "false"
        return lambda actual: (
            (actual.lower() == word if isinstance(actual, str) else actual is wanted) == (operator == "=")
        )
    if value.kind in ("number", "duration"):
        limit = float(wanted)
        return lambda actual: (
            (found := _number_of(actual)) is not None and _ordered(operator, found, limit, limit)
        )
    if value.kind != "text" or is_time:
        start, end = span(value, now)
        return lambda actual: (
            (found := milliseconds(actual)) is not None and _ordered(operator, found, start, end)
        )
    text = str(wanted)
    as_number = _read_number(text)

    def test(actual: Any) -> bool:
        if _is_number(actual) and as_number is not None:
            return _ordered(operator, float(actual), as_number, as_number)
        found = text_of(actual)
        return _ordered(operator, (found > text) - (found < text), 0, 0)

    return test


def text_of(value: Any) -> str:
    """A value as a text; what is no text is written as JSON, as JavaScript writes it."""
    return value if isinstance(value, str) else to_json(value)


def span(value: Value, now: float) -> tuple[float, float]:
    """The moments from which and up to which a date lasts, in milliseconds since 1970.

    Raises:
        FilterError: it is no date.
    """
    if value.kind == "ago":
        moment = (now - float(value.value)) * 1000
        return moment, moment
    if value.kind == "day":
        if value.value == "now":
            return now * 1000, now * 1000
        today = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
        day = today - timedelta(days=1 if value.value == "yesterday" else 0)
        return day.timestamp() * 1000, (day + timedelta(days=1)).timestamp() * 1000
    if value.kind not in ("moment", "text"):
        raise FilterError("A time is compared with a date, as 2026-11-23, or with 7d ago.", value.start)
    text = str(value.value)
    found = _date(text)
    if found is None:
        sentence = f"“{text}” is not a date: write it as 2026-11-23 or 2026-11-23T15:00."
        raise FilterError(sentence, value.start)
    start = found.timestamp() * 1000
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is not None
    return start, ((found + timedelta(days=1)).timestamp() * 1000 if whole else start)


def _date(text: str) -> datetime | None:
    if _DATE.fullmatch(text) is None:
        return None
    try:
        # Three digits of a second: that is what JavaScript's dates hold.
        text = re.sub(r"(\.\d{3})\d+", r"\1", text)
        text = re.sub(r"\.(\d{1,2})(?!\d)", lambda found: f".{found[1]:0<3}", text)
        return datetime.fromisoformat(re.sub(r"Z$", "+00:00", text))
    except ValueError:
        return None


def milliseconds(actual: Any) -> float | None:
    """The moment that a text is, since 1970; None where it is none."""
    found = _date(actual) if isinstance(actual, str) else None
    return None if found is None else found.timestamp() * 1000


def _pattern(value: Value) -> re.Pattern[str]:
    if value.kind not in ("text", "number"):
        raise FilterError("A pattern is a text: put it into quotation marks.", value.start)
    try:
        return compile_pattern(value.text or str(value.value))
    except re.error:
        raise FilterError(
            "This pattern is not a regular expression that can be understood.", value.start
        ) from None


def _ordered(operator: str, actual: float, start: float, end: float) -> bool:
    """Compares with what lasts from ``start`` to ``end``; a single value begins and ends in itself."""
    equal = actual == start if start == end else start <= actual < end
    answers = {
        "=": equal,
        "!=": not equal,
        "<": actual < start,
        "<=": actual < start or equal,
        ">": actual > start if start == end else actual >= end,
        ">=": actual >= start,
    }
    return answers[operator]


def _number_of(actual: Any) -> float | None:
    if isinstance(actual, str):
        read = number(actual)
        return _read_number(actual) if read is None else float(read)
    return float(actual) if _is_number(actual) else None


def _read_number(text: str) -> float | None:
    text = text.strip()
    if text in ("Infinity", "+Infinity", "-Infinity"):
        return float(text)
    return float(text) if _JS_NUMBER.fullmatch(text) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
