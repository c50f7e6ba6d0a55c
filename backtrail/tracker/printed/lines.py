"""Makes lines of the texts that a stream is given."""

from __future__ import annotations

from collections.abc import Iterator

_LONGEST = 4000


class Lines:
    """One stream. A carriage return begins a line anew, as a progress bar does; bars count by themselves."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> Iterator[str]:
        """Takes a text, and gives the lines that it ends, without their ends."""
        *ended, rest = text.split("\n")
        for line in ended:
            whole, self._rest = self._rest + line, ""
            yield from _shown(whole)
        self._rest += rest
        if "\r" in self._rest and "%|" in self._rest:
            *bars, self._rest = self._rest.split("\r")
            yield from (bar for bar in bars if "%|" in bar)
        if len(self._rest) > _LONGEST:
            self._rest = self._rest[-_LONGEST:] if "\r" in self._rest else self._rest[:_LONGEST]

    def flush(self) -> Iterator[str]:
        """What stands there without an end, as the last text of a cell may."""
        whole, self._rest = self._rest, ""
        yield from _shown(whole)


def _shown(line: str) -> Iterator[str]:
    if "\r" in line and "%|" in line:
        yield from (bar for bar in line.split("\r") if bar.strip())
    elif line.strip():
        yield line
