"""Words that look as if they were drawn at random, as keys are, and hashes, ids and names are not."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .rules import Finding

_KIND = "random text"
_BEFORE = 48
_RUN = re.compile(r"[A-Z]?[a-z]{4,}")
_CLASSES = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "U" * 26 + "l" * 26 + "0" * 10
)
_CHANGE = re.compile(r"(?=Ul|U0|lU|l0|0U|0l)")

# What may stand around such a word: in code, quotes; elsewhere also what sets a value apart.
_QUOTES = frozenset("\"'`")
_CLOSED = _QUOTES | frozenset(" \t\r\n,;)<&")


class RandomText:
    """Finds such words, by the measures in ``rules.json``."""

    def __init__(self, measures: dict[str, Any]) -> None:
        self._shortest = int(measures["shortest"])
        self._longest = int(measures["longest"])
        self._bits = float(measures["bits"])
        self._changes = float(measures["changes"])
        self._letters = float(measures["letters"])
        # With what has to stand before it in front: a search then passes over most of a text.
        self._words = re.compile(rf"(?:\A|[\"'`\s=:,;(>?&])([A-Za-z0-9+/_=-]{{{self._shortest},}})").finditer
        self._before = re.compile(measures["before"])

    def find(self, text: str, quoted: bool) -> Iterator[Finding]:
        """The random words of a text, only those in quotes if ``quoted``."""
        for match in self._words(text):
            start, end = match.span(1)
            # What stands before an = is a name: the value begins behind it.
            name = text.find("=", start, end - 2)
            if name >= 0 and text[name + 1] != "=":
                start = name + 1
            if end - start > self._longest or end - start < self._shortest:
                continue
            before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
            if quoted:
                apart = before in _QUOTES and after in (before, "\\")
            else:
                apart = after in _CLOSED or after == "\\"
            if apart and self.random(text[start:end]) and not self._named(text, start):
                yield start, end, _KIND

    def _named(self, text: str, start: int) -> bool:
        """Whether what stands before a word tells that it is a hash, an id or data."""
        return self._before.search(text[max(0, start - _BEFORE) : start]) is not None

    def random(self, word: str) -> bool:
        """Whether a word looks random."""
        if word[:3].lower() == "sha" and "-" in word[3:8]:
            return False
        kinds = word.translate(_CLASSES)
        if min(kinds.count("U"), kinds.count("l"), kinds.count("0")) < 2:
            return False
        size = len(word)
        if len(_CHANGE.findall(kinds)) < self._changes * size:
            return False
        if sum(len(run) for run in _RUN.findall(word)) > self._letters * size:
            return False
        bits = -sum(n / size * math.log2(n / size) for n in Counter(word).values())
        return bits >= self._bits
