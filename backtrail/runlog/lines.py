"""One event, one line: encoding that never fails, decoding that keeps whatever can be read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Callable, NamedTuple

Event = dict[str, Any]
Parse = Callable[[bytes], Any]

_DEEPEST = 60
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

# str() of these runs no code of the user's: exact types only, never their subclasses.
_TEXT_MODULES = frozenset({"datetime", "decimal", "fractions", "pathlib", "uuid"})
_TEXT_BUILTINS = (complex, bytes, bytearray, range)


class Decoded(NamedTuple):
    """What a piece of a log holds: ``events``, the number of ``damaged`` lines, whether it ends ``torn``."""

    events: list[Event]
    damaged: int
    torn: bool


def encode(event: Mapping[str, Any]) -> bytes:
    """One line of UTF-8 JSON with its newline.

    Never raises for odd values and never calls the methods of the user's classes: a value of a type that JSON
    and this module do not know is written as the name of its type. Non-finite numbers become strings.
    """
    value = plain(event)
    text = _ENCODER.encode(value)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        # A lone surrogate has no UTF-8 form, but it has a JSON escape.
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def decode(data: bytes, parse: Parse | None = None) -> Decoded:
    """The events of ``data``, a log or a part of one that begins at a line's beginning.

    ``parse`` turns the bytes of one line into a value, or raises ValueError. A last line without newline is
    torn and left out; a line that is not a JSON object is counted as damaged and left out.
    """
    parse = parse or parse_json
    whole, _, rest = data.rpartition(b"\n")
    if not whole.strip():
        return Decoded([], 0, bool(rest))
    events = _decode_at_once(whole, parse)
    if events is not None:
        return Decoded(events, 0, bool(rest))
    events = []
    damaged = 0
    for line in whole.split(b"\n"):
        if not line.strip():
            continue
        try:
            event = parse(line)
        except (ValueError, RecursionError):
            damaged += 1
            continue
        if isinstance(event, dict):
            events.append(event)
        else:
            damaged += 1
    return Decoded(events, damaged, bool(rest))


def _decode_at_once(whole: bytes, parse: Parse) -> list[Event] | None:
    """All lines parsed as one list, which is some times faster, or None when any of them is damaged."""
    try:
        # The newlines stay: a string of JSON cannot reach over one, so no line swallows the next.
        events = parse(b"[" + whole.replace(b"\n", b",\n") + b"]")
    except (ValueError, RecursionError):
        return None
    if len(events) != whole.count(b"\n") + 1 or not all(type(event) is dict for event in events):
        return None
    return events  # type: ignore[no-any-return]


def parse_json(line: bytes) -> Any:
    """JSON as the standard has it: the bare words NaN and Infinity, which Python accepts, are refused."""
    return json.loads(line.decode(), parse_constant=_refuse)


def number(value: object) -> float | None:
    """The number that ``value`` stands for in a log ("NaN", "Infinity", "-Infinity" included), else None."""
    if isinstance(value, str):
        return _NON_FINITE.get(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, int) and value.bit_length() > 1023:
        # Beyond every float; JSON of that size reads as infinite in other languages.
        return math.inf if value > 0 else -math.inf
    return value


def written(value: float | None) -> float | str | None:
    """A number as the log writes it: the inverse of ``number``."""
    if value is None or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def plain(value: Any) -> Any:
    """``value`` made of what JSON has: see ``encode``."""
    return _plain(value, 0)


def _plain(value: Any, depth: int) -> Any:  # noqa: PLR0911
    """``value`` made of plain dict, list, str, int, float, bool and None."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is dict and depth < _DEEPEST:
        # The most by far, and of what it holds the most needs no change.
        return {
            key if type(key) is str else _plain_key(key): item
            if item is None or type(item) is str or type(item) is bool
            else _plain(item, depth + 1)
            for key, item in list(value.items())
        }
    if kind is int:
        return _plain_integer(value)
    if kind is float:
        return written(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, float):
        return written(float.__float__(value))
    if isinstance(value, int):
        return _plain_integer(int.__int__(value))
    if depth >= _DEEPEST:
        return _type_name(value)
    if isinstance(value, dict):
        return {_plain_key(key): _plain(item, depth + 1) for key, item in _entries(value)}
    if kind in (list, tuple, set, frozenset) or isinstance(value, (list, tuple)):
        return [_plain(item, depth + 1) for item in _items(value)]
    if kind in _TEXT_BUILTINS or kind.__module__.partition(".")[0] in _TEXT_MODULES:
        return str(value)
    return _type_name(value)


def _plain_integer(value: int) -> int | str:
    # Python refuses to print longer ones in decimal; and no reader has a number for them.
    return value if value.bit_length() <= 4096 else hex(value)


def _plain_key(key: object) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    name = _plain(key, _DEEPEST)
    return name if isinstance(name, str) else json.dumps(name)


def _entries(value: dict[Any, Any]) -> Iterator[tuple[Any, Any]]:
    # The unbound method: a subclass may have overridden its own. The copy: another thread may be writing.
    yield from list(dict.items(value))


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return list.__getitem__(value, slice(None))
    if isinstance(value, tuple):
        return list(tuple.__getitem__(value, slice(None)))
    return list(value)


def _type_name(value: object) -> str:
    kind = type(value)
    module = kind.__module__
    return kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"
