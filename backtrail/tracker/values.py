"""What users log, made into what a log holds: plain numbers for metrics, plain JSON values for params."""

from __future__ import annotations

from typing import Any

_LONGEST_TEXT = 6000
_EXACT_INTEGER = 1 << 53


def number(value: Any) -> float | int | None:
    """The number that ``value`` stands for, or None when it is none.

    Scalars of numpy, torch, TensorFlow and the like are asked for theirs; text is never read as a number.
    """
    kind = type(value)
    if kind is float:
        return float(value)
    if isinstance(value, (str, bytes, bytearray)) or value is None:
        return None
    try:
        if not isinstance(value, (int, float)):
            item = getattr(value, "item", None)
            value = item() if callable(item) else value
        if isinstance(value, (bool, int)):
            value = int(value)
            return value if -_EXACT_INTEGER <= value <= _EXACT_INTEGER else float(value)
        return None if isinstance(value, (str, bytes)) else float(value)
    except Exception:
        return None


def quick(value: Any) -> float | int | None:
    """The same for the most common numbers, in a tenth of the time; None for all others."""
    kind = type(value)
    if kind is float:
        return float(value)
    if kind is int:
        return int(value) if -_EXACT_INTEGER <= value <= _EXACT_INTEGER else None
    if isinstance(value, float):
        # numpy's float64 is one, but would be written with its name.
        return float.__float__(value)
    item = getattr(value, "item", None)
    if item is None or isinstance(value, type):
        return None
    try:
        found: Any = item()
    except Exception:
        return None
    exact = type(found) is float or (type(found) is int and -_EXACT_INTEGER <= found <= _EXACT_INTEGER)
    return found if exact else None


def plain(value: Any, depth: int = 0) -> Any:
    """A JSON value for a param or tag: numbers, text and containers as they are, all else by its text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if depth < 20:
        if isinstance(value, dict):
            return {_key(key): plain(item, depth + 1) for key, item in list(value.items())}
        if isinstance(value, (list, tuple)):
            return [plain(item, depth + 1) for item in value]
        if isinstance(value, (set, frozenset)):
            return sorted((plain(item, depth + 1) for item in value), key=str)
    if isinstance(value, type) or (callable(value) and hasattr(value, "__qualname__")):
        return f"{value.__module__}.{value.__qualname__}"
    return _scalar_or_text(value)


def text(value: Any) -> str:
    """``str(value)``, bounded; the name of its type when that raises."""
    try:
        words = str(value)
    except Exception:
        words = f"<{type(value).__name__}>"
    return words if len(words) <= _LONGEST_TEXT else words[: _LONGEST_TEXT - 1] + "…"


def _scalar_or_text(value: Any) -> Any:
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "shape", None) == ():
        try:
            scalar = item()
        except Exception:
            return text(value)
        return scalar if isinstance(scalar, (bool, int, float, str)) else text(scalar)
    return text(value)


def _key(key: Any) -> str:
    return key if isinstance(key, str) else text(key)
