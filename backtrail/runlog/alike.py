"""Lines that all have the form of the first: what most of a ``metrics.jsonl`` is, read column by column."""

from __future__ import annotations

from array import array
from typing import Any

from .lines import Parse, parse_json

_DIGITS = b"0123456789+-."
# Without these bytes, two lines of numbers under the same names are the same bytes.
_OF_NUMBERS = _DIGITS + b"eE"
_JOINED = bytes.maketrans(b"\n", b",")
_MARKS = b'":}'
_NEITHER_NUMBER_NOR_MARK = bytes(set(range(256)) - set(_DIGITS + _MARKS + b",\n"))
_WORTH = 8


def columns(data: bytes, parse: Parse | None = None) -> dict[str, array[float]] | None:
    """The numbers of each field, in order, where all lines have the same fields and hold nothing but numbers.

    ``data`` are whole lines. None where they are not all alike, where one of them is damaged, and where there
    are too few to gain anything: then they are to be decoded one by one.
    """
    count = data.count(b"\n")
    if count < _WORTH or not data.endswith(b"\n"):
        return None
    parse = parse or parse_json
    first = data[: data.index(b"\n") + 1]
    try:
        head = parse(first)
        if type(head) is not dict or not {int, float}.issuperset(map(type, head.values())):
            return None
        plain = _plain(data, count, list(head), parse)
        return plain or _any(data, count, first, head, parse)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        # Among others an integer beyond every float, which is infinite to who reads it alone.
        return None


def _plain(data: bytes, count: int, names: list[str], parse: Parse) -> dict[str, array[float]] | None:
    """Lines without spaces and exponents, under names without digits: all numbers are parsed as one list.

    #### Notes
    What is left without the digits shows that each line has exactly these names and marks. That the digits
    stand between a colon and the comma or brace behind it, and nowhere else, is what is counted then.
    """
    form = "{" + ",".join(f'"{name}":' for name in names) + "}\n"
    if data.translate(None, _DIGITS) != form.encode(errors="replace") * count:
        return None
    marked = data.translate(_JOINED, _NEITHER_NUMBER_NOR_MARK)
    if not marked.startswith(b'"":') or marked.count(b',"":') != count * len(names) - 1:
        return None
    if not marked.endswith(b"},") or marked.count(b'},"') != count - 1:
        return None
    numbers = parse(b"[" + marked[:-1].translate(None, _MARKS) + b"]")
    return {name: array("d", numbers[place :: len(names)]) for place, name in enumerate(names)}


def _any(
    data: bytes, count: int, first: bytes, head: dict[str, Any], parse: Parse
) -> dict[str, array[float]] | None:
    """All other lines, parsed as one list of lines.

    #### Notes
    What is left without the digits shows that each line has the braces, quotes and commas of the first where
    the first has them, so none of them reaches over its end, and none holds a text, a list or a word. That
    the names are the same, digits included, shows when each line is asked for the names of the first.
    """
    if data.translate(None, _OF_NUMBERS) != first.translate(None, _OF_NUMBERS) * count:
        return None
    lines = parse(b"[" + data[:-1].translate(_JOINED) + b"]")
    return {name: array("d", [line[name] for line in lines]) for name in head}
