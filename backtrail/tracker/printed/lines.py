"""Makes lines of the texts that a stream is given."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 4000
_COUNT = re.compile(
    r"\b(?:epoch|ep|iter|iteration|step|round|trial|episode|generation|gen|cycle|sweep|fold)\b\W{0,3}(\d+)",
    re.I,
)
"""What a line that is written over and over counts; of each count what it says last is kept."""


class Lines:
    """One stream. A carriage return begins a line anew, as a progress bar does.

    Bars count by themselves, and so does a line that names what it counts: ``\\rGeneration 3: fitness 0.4``.
    """

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
        elif "\r" in self._rest:
            over, self._rest = _written(self._rest)
            yield from over
        if len(self._rest) > _LONGEST:
            self._rest = self._rest[-_LONGEST:] if "\r" in self._rest else self._rest[:_LONGEST]

    def flush(self) -> Iterator[str]:
        """What stands there without an end, as the last text of a cell may."""
        whole, self._rest = self._rest, ""
        yield from _shown(whole)


def _shown(line: str) -> Iterator[str]:
    if "\r" in line and "%|" in line:
        yield from (bar for bar in line.split("\r") if bar.strip())
    elif "\r" in line:
        over, left = _written(line)
        yield from over
        if left.strip():
            yield left
    elif line.strip():
        yield line


def _written(text: str) -> tuple[list[str], str]:
    """What was written over by another count, and what is left."""
    parts = text.split("\r")
    told = [*(part for part in parts[:-1] if part.strip()), parts[-1]]
    counts = [found[1] if (found := _COUNT.search(part)) else "" for part in told]
    ends = [
        index for index, (own, after) in enumerate(zip(counts, counts[1:])) if own and after and own != after
    ]
    return [told[index] for index in ends], "\r".join(told[ends[-1] + 1 :]) if ends else text
