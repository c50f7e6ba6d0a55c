"""Takes the code of a Python function apart into instructions, and puts it together with more of them.

For Python 3.9 to 3.11, whose interpreters have no other way to hear of one function's calls. Jumps, lines,
columns and exception handlers stay those of the function. The forms of the tables are CPython's, from its
``Objects/lnotab_notes.txt``, ``Objects/locations.md`` and ``Objects/exception_handling_notes.txt``.
"""

from __future__ import annotations

import dis
import opcode
import sys
from collections.abc import Iterable, Sequence
from types import CodeType
from typing import Any, Optional

Position = tuple[Optional[int], Optional[int], Optional[int], Optional[int]]
"""Line, last line, column and last column, each None where there is none; before 3.11 the line alone."""

_EXTENDED = dis.opmap["EXTENDED_ARG"]
_UNIT = 1 if sys.version_info < (3, 10) else 2
_CACHES: Any = getattr(opcode, "_inline_cache_entries", None)
_BACKWARD = frozenset(code for name, code in dis.opmap.items() if "JUMP_BACKWARD" in name)
_RELATIVE, _ABSOLUTE = frozenset(dis.hasjrel), frozenset(dis.hasjabs)


class Instruction:
    """One instruction, with what it jumps to and its place in the source."""

    __slots__ = ("arg", "caches", "offset", "op", "position", "start", "target", "width")

    def __init__(self, op: int, arg: int, position: Position, start: int = -1) -> None:
        self.op = op
        self.arg = arg
        self.position = position
        self.start = start
        """Where it was in the code it comes from, in bytes."""
        self.target: Instruction | None = None
        self.caches: int = _CACHES[op] if _CACHES is not None else 0
        self.width = 1
        """Units of two bytes, without caches."""
        self.offset = 0


def make(name: str, arg: int, position: Position) -> Instruction:
    """A new instruction."""
    return Instruction(dis.opmap[name], arg, position)


def take_apart(code: CodeType) -> list[Instruction]:
    """The instructions of ``code``, in order."""
    raw, positions = code.co_code, _positions(code)
    found: list[Instruction] = []
    at: dict[int, Instruction] = {}
    jumps: list[tuple[Instruction, int]] = []
    offset = start = arg = 0
    while offset < len(raw):
        op, arg = raw[offset], arg << 8 | raw[offset + 1]
        offset += 2
        if op == _EXTENDED:
            continue
        one = Instruction(op, arg, positions[start // 2], start)
        one.width = (offset - start) // 2
        if op in _ABSOLUTE:
            jumps.append((one, arg * _UNIT))
        elif op in _RELATIVE:
            jumps.append((one, offset + (-arg if op in _BACKWARD else arg) * _UNIT))
        found.append(one)
        at[start] = one
        offset += one.caches * 2
        start, arg = offset, 0
    for one, target in jumps:
        one.target = at[target]
    return found


def put_together(
    code: CodeType, body: Sequence[Instruction], labels: dict[int, Instruction]
) -> dict[str, Any]:
    """The fields of ``code`` that hold ``body``, for ``code.replace``.

    ``labels`` tell where something that pointed to an instruction, by its old offset, is to point now.
    """
    _lay_out(body, labels)
    raw = bytearray()
    for one in body:
        for shift in range((one.width - 1) * 8, 0, -8):
            raw += bytes((_EXTENDED, one.arg >> shift & 0xFF))
        raw += bytes((one.op, one.arg & 0xFF)) + bytes(one.caches * 2)
    fields: dict[str, Any] = {"co_code": bytes(raw)}
    if sys.version_info >= (3, 11):
        fields["co_linetable"] = _locations(body, code.co_firstlineno)
        fields["co_exceptiontable"] = _handlers(code.co_exceptiontable, body, labels)
    elif sys.version_info >= (3, 10):
        fields["co_linetable"] = _lines(body, code.co_firstlineno)
    else:
        fields["co_lnotab"] = _line_starts(body, code.co_firstlineno)
    return fields


def _lay_out(body: Sequence[Instruction], labels: dict[int, Instruction]) -> None:
    """Gives each instruction its offset, until no argument needs more room than it has."""
    settled = False
    while not settled:
        settled, offset = True, 0
        for one in body:
            one.offset = offset
            offset += (one.width + one.caches) * 2
        for one in body:
            if one.target is not None:
                aim = labels.get(one.target.start, one.target).offset
                if one.op in _RELATIVE:
                    aim = abs(aim - (one.offset + one.width * 2))
                one.arg = aim // _UNIT
            if one.arg >> 8 * one.width:
                one.width, settled = (one.arg.bit_length() + 7) // 8, False


def _positions(code: CodeType) -> list[Position]:
    """The place in the source of each unit of two bytes."""
    if sys.version_info >= (3, 11):
        return list(code.co_positions())
    found: list[Position] = []
    if sys.version_info >= (3, 10):
        for start, end, number in code.co_lines():
            found += [(number, None, None, None)] * ((end - start) // 2)
        return found
    starts = dict(dis.findlinestarts(code))
    line: int | None = code.co_firstlineno
    for offset in range(0, len(code.co_code), 2):
        line = starts.get(offset, line)
        found.append((line, None, None, None))
    return found


def _line_starts(body: Iterable[Instruction], line: int) -> bytes:
    """``co_lnotab`` of Python 3.9: pairs of a step in bytes and a step in lines."""
    table, offset = bytearray(), 0
    for one in body:
        new = one.position[0]
        if new is None or new == line:
            continue
        ahead, down = one.offset - offset, new - line
        while ahead > 255:
            table += bytes((255, 0))
            ahead -= 255
        while not -128 <= down <= 127:
            part = 127 if down > 0 else -128
            table += bytes((ahead, part & 0xFF))
            ahead, down = 0, down - part
        table += bytes((ahead, down & 0xFF))
        offset, line = one.offset, new
    return bytes(table)


def _lines(body: Iterable[Instruction], line: int) -> bytes:
    """``co_linetable`` of Python 3.10: pairs of a length in bytes and a step in lines, -128 for no line."""
    table = bytearray()
    for new, size in _stretches(body):
        ahead, down = size * 2, -128
        if new[0] is not None:
            down, line = new[0] - line, new[0]
            while not -127 <= down <= 127:
                part = 127 if down > 0 else -127
                table += bytes((0, part & 0xFF))
                down -= part
        while ahead > 254:
            table += bytes((254, down & 0xFF))
            ahead, down = ahead - 254, -128 if new[0] is None else 0
        table += bytes((ahead, down & 0xFF))
    return bytes(table)


def _locations(body: Iterable[Instruction], line: int) -> bytes:
    """``co_linetable`` of Python 3.11: entries of up to eight units, in the long form."""
    table = bytearray()
    for (new, last, column, end), size in _stretches(body):
        if new is None:
            kind, place, again = 15 << 3, b"", b""
        else:
            down = new - line
            line = new
            # A second entry for the same place is no line further down.
            place, again = _little(-down << 1 | 1 if down < 0 else down << 1), b"\0"
            kind = 13 << 3
            if last is not None and column is not None and end is not None:
                kind, columns = 14 << 3, _little(last - new) + _little(column + 1) + _little(end + 1)
                place, again = place + columns, again + columns
        left = size
        while left > 8:
            table.append(0x80 | kind | 7)
            table += place
            left, place = left - 8, again
        table.append(0x80 | kind | left - 1)
        table += place
    return bytes(table)


def _stretches(body: Iterable[Instruction]) -> list[tuple[Position, int]]:
    """Neighbours of one place in the source, with their units."""
    found: list[tuple[Position, int]] = []
    place: Position | None = None
    size = 0
    for one in body:
        if one.position != place:
            if place is not None:
                found.append((place, size))
            place, size = one.position, 0
        size += one.width + one.caches
    if place is not None:
        found.append((place, size))
    return found


def _handlers(table: bytes, body: Sequence[Instruction], labels: dict[int, Instruction]) -> bytes:
    """``co_exceptiontable`` of Python 3.11, for the new offsets: starts, lengths, targets and depths."""
    final = body[-1].offset // 2 + body[-1].width + body[-1].caches
    moved = {one.start // 2: labels.get(one.start, one).offset // 2 for one in body if one.start >= 0}
    written, numbers = bytearray(), _big_numbers(table)
    for start, length, target, depth in zip(*[iter(numbers)] * 4):
        first, beyond = moved[start], moved.get(start + length, final)
        entry = _big(first) + _big(beyond - first) + _big(moved[target]) + _big(depth)
        entry[0] |= 0x80
        written += entry
    return bytes(written)


def _little(value: int) -> bytes:
    if value < len(_SMALL):
        return _SMALL[value]
    found = bytearray()
    while value >= 64:
        found.append(0x40 | value & 63)
        value >>= 6
    found.append(value)
    return bytes(found)


_SMALL: tuple[bytes, ...] = ()
_SMALL = tuple(map(_little, range(256)))


def _big(value: int) -> bytearray:
    found = bytearray((value & 63,))
    while value >= 64:
        value >>= 6
        found.insert(0, 0x40 | value & 63)
    return found


def _big_numbers(table: bytes) -> list[int]:
    found, value = [], 0
    for byte in table:
        value = value << 6 | byte & 63
        if not byte & 0x40:
            found.append(value)
            value = 0
    return found
