"""The texts of warnings, whose numbers are none of the notebook's results."""

from __future__ import annotations

import re

_HEAD = re.compile(r"^\S.*:\d+: (?:\w+\.)*\w*Warning: ")
_SOURCE = re.compile(r"^  \S")
"""The line of code that a warning ends with, where it can be shown."""
_LONGEST = 15


class Warned:
    """Tells which lines of a stream are of a warning that Python shows."""

    def __init__(self) -> None:
        self._left = 0

    def covers(self, line: str) -> bool:
        """Whether a line belongs to a warning: its first, the rest of its text, or its line of code."""
        if _HEAD.match(line):
            self._left = _LONGEST
            return True
        if not self._left or "%|" in line:
            self._left = 0
            return False
        self._left = 0 if _SOURCE.match(line) else self._left - 1
        return True
