"""Makes lines of the fragments that a stream is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .stream import Fragment

_LONGEST = 4000


class Printed(NamedTuple):
    """A line without its end, and the fragment that it began with."""

    text: str
    start: Fragment


class Lines:
    """One stream. A carriage return begins a line anew, as a progress bar does; bars count by themselves."""

    def __init__(self) -> None:
        self._text = ""
        self._start: Fragment | None = None

    def feed(self, fragment: Fragment) -> Iterator[Printed]:
        """Takes a text, and gives the lines that it ends."""
        text = fragment.text
        if "\n" not in text and "\r" not in text:
            if self._start is None or not self._text.strip():
                self._start = fragment
            if len(self._text) < _LONGEST:
                self._text += text
            return
        *ended, rest = text.split("\n")
        for part in ended:
            if self._start is None or not self._text.strip():
                self._start = fragment
            if len(self._text) < _LONGEST:
                self._text += part
            yield from self._lines()
            self._text, self._start = "", None
        self._text += rest[:_LONGEST]
        if "\r" in self._text:
            *bars, self._text = self._text.split("\r")
            yield from (Printed(bar, fragment) for bar in bars if "%|" in bar)
            if self._start is None:
                self._start = fragment
        elif rest:
            self._start = fragment

    def flush(self) -> Iterator[Printed]:
        """What stands there without an end, as the last text of a cell may."""
        if self._text and self._start is not None:
            yield from self._lines()
        self._text, self._start = "", None

    def _lines(self) -> Iterator[Printed]:
        if self._start is None:
            return
        if "\r" in self._text:
            *bars, last = self._text.split("\r")
            if any("%|" in bar for bar in bars):
                for bar in (*bars, last):
                    if bar.strip():
                        yield Printed(bar, self._start)
                return
        if self._text.strip():
            yield Printed(self._text, self._start)
