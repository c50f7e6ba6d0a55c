"""What is said of a filter that cannot be understood."""

from __future__ import annotations


class FilterError(ValueError):
    """A filter that cannot be understood: one sentence, and ``start``, the character where the trouble is."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(f"{message} (at character {start + 1})")
        self.start = start
