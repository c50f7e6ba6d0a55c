"""A printed line whose numbers are judged one after another, and what the ones before tell of the next."""

from __future__ import annotations

from typing import NamedTuple

from .role import Role

SWEPT = "="
"""Stands after the name of a number to which a loop gives one value after another."""


class Number(NamedTuple):
    """One number of a line, what stands around it, and what the code calls it, where that is known."""

    place: int
    before: str
    after: str
    own: str | None


class Judging:
    """What is known of a line so far.

    ``texts`` are those around the numbers, ``whole`` says of each number whether it is an integer, ``names``
    what the code calls it.
    """

    def __init__(
        self, texts: tuple[str, ...], whole: tuple[bool, ...], names: tuple[str | None, ...]
    ) -> None:
        self.texts = texts
        self.whole = whole
        self.names = names
        self.found: list[Role | None] = []
        """The role of each number."""
        self.labels: list[str] = []
        """The words before each number, as a name."""
        self.carried: tuple[str, ...] = ()
        """The words before a counter, which name the number after it: ``Cost after iteration 100: 0.3``."""
        self.counted = 0
        """Of the text after the last number so much says what there were so many of: ``20 episodes``."""
        self.group: str | None = None
        """The part of the data that the present group of the line is of."""
        self.lead = next((name.partition("//")[2] for name in names if name and "//" in name), "")
        """The name of the row that the whole line is of, as the code has it."""
        self.row = ""
        """What the code printed before a number to say whose it is, as the name of a model."""
        self.swept = False
        """Whether the line begins with one of the values that a loop tries: ``lambda = 0.5: wait 0.99``."""
        self.second = ""
        """The name of the number after the present one, where a label has two: ``train/test loss``."""

    @property
    def previous(self) -> Role | None:
        """The role of the number before the present one."""
        return self.found[-1] if self.found else None

    def last(self, index: int) -> bool:
        """Whether no number comes after one."""
        return index + 1 >= len(self.whole)
