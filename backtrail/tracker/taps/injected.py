"""Hears of a function's calls on Python 3.9 to 3.11: two calls are put into its own code.

The function runs in one frame as ever, so that tracebacks, the stack levels of warnings, generators and
``super()`` are what they were. It has the same name, file, lines, signature and closure.
"""

from __future__ import annotations

import dis
import sys
from types import CodeType, FrameType, FunctionType
from typing import Any, Callable

from .assembly import Instruction, Position, make, put_together, take_apart

Started = Callable[[FrameType], None]
Ended = Callable[[FrameType, Any], None]


class Injected:
    """A function whose code calls ``started`` when it begins and ``ended`` when it returns."""

    def __init__(self, function: FunctionType, started: Started, ended: Ended) -> None:
        self._function = function
        self._original = function.__code__
        self._started = started
        self._ended = ended
        self.code = _with_calls(self._original, self._starts, self._ends)
        function.__code__ = self.code

    def remove(self) -> None:
        """Gives the function its own code back, unless someone else has changed it since."""
        if self._function.__code__ is self.code:
            self._function.__code__ = self._original

    def _starts(self) -> None:
        self._started(sys._getframe(1))

    def _ends(self, value: Any) -> Any:
        self._ended(sys._getframe(1), value)
        return value


def _with_calls(code: CodeType, starts: Callable[[], None], ends: Callable[[Any], Any]) -> CodeType:
    body: list[Instruction] = []
    labels: dict[int, Instruction] = {}
    first = len(code.co_consts)
    instructions = take_apart(code)
    begin = _beginning(instructions)
    for index, one in enumerate(instructions):
        if index == begin:
            body += _call(first, one.position)
        elif one.op == _RETURN:
            call = _call_with_value(first + 1, one.position)
            labels[one.start] = call[0]
            body += call
        body.append(one)
    fields = put_together(code, body, labels)
    consts = (*code.co_consts, starts, ends)
    return code.replace(co_consts=consts, co_stacksize=code.co_stacksize + 4, **fields)


def _beginning(instructions: list[Instruction]) -> int:
    """The first instruction after those that set up the frame."""
    for index, one in enumerate(instructions):
        if one.op == _GEN_START or (one.op == _RESUME and one.arg == 0):
            return index + 1
    return 0


_names = dis.opmap
_RETURN: int = _names["RETURN_VALUE"]
_RESUME, _GEN_START = _names.get("RESUME"), _names.get("GEN_START")


def _call(const: int, position: Position) -> list[Instruction]:
    if sys.version_info >= (3, 11):
        parts = [("PUSH_NULL", 0), ("LOAD_CONST", const), ("PRECALL", 0), ("CALL", 0), ("POP_TOP", 0)]
    else:
        parts = [("LOAD_CONST", const), ("CALL_FUNCTION", 0), ("POP_TOP", 0)]
    return [make(name, arg, position) for name, arg in parts]


def _call_with_value(const: int, position: Position) -> list[Instruction]:
    if sys.version_info >= (3, 11):
        parts = [
            ("PUSH_NULL", 0),
            ("SWAP", 2),
            ("LOAD_CONST", const),
            ("SWAP", 2),
            ("PRECALL", 1),
            ("CALL", 1),
        ]
    else:
        parts = [("LOAD_CONST", const), ("ROT_TWO", 0), ("CALL_FUNCTION", 1)]
    return [make(name, arg, position) for name, arg in parts]
