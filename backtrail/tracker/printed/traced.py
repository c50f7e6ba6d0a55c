"""The stacks of errors that a notebook prints: paths may have names of metrics, and lines of code values."""

from __future__ import annotations

import re

_PLACE = re.compile(r'^\s*File ".*", line \d+')
"""Behind it the line of code is shown."""
_SOURCE = re.compile(r"^ {4}")
_FRAME = re.compile(r"^\s*at (?:.*\((?:.*:\d+:\d+|index \d+)\)|\S*:\d+:\d+)$")
"""A place of JavaScript."""


class Traced:
    """Tells which lines of a stream are of a stack."""

    def __init__(self) -> None:
        self._shown = False
        """Whether the line before was of a place, or of its code."""

    def covers(self, line: str) -> bool:
        """Whether a line tells a place in the code, or shows the code there."""
        place = _PLACE.match(line) is not None
        self._shown = place or (self._shown and _SOURCE.match(line) is not None)
        return self._shown or _FRAME.match(line) is not None
