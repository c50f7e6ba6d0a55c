"""The rules, which stand in ``rules.json`` so that trackers of other languages can go by the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable, NamedTuple

Finding = tuple[int, int, str]
"""Where something begins and ends that is to be withheld, and what kind it is."""


class _Shape:
    """A pattern, compiled when it is first needed: to attach must not take the time of all of them."""

    def __init__(self, kind: str, words: list[str], pattern: str) -> None:
        self.kind = kind
        self.words = words
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[Finding]:
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = re.compile(self.pattern)
        return findings(compiled, text, self.kind)


class Rules(NamedTuple):
    """What ``rules.json`` holds, as the rest needs it."""

    shapes: list[_Shape]
    names: dict[str, Any]
    entropy: dict[str, Any]
    harmless: Callable[[str], object]
    """Tells of a value whether it only stands for a secret."""


def load() -> Rules:
    """Reads the rules.

    Raises:
        OSError: the file is not there.
    """
    rules = json.loads(Path(__file__).with_name("rules.json").read_text(encoding="utf-8"))
    shapes = [_Shape(one["kind"], one["words"], one["pattern"]) for one in rules["shapes"]]
    harmless = "|".join(f"(?:{pattern})" for pattern in rules["harmless"]["patterns"])
    return Rules(shapes, rules["names"], rules["entropy"], _Lazy(harmless).match)


def findings(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Finding]:
    """What a pattern matches: its first group, or all of it where it has none."""
    group = 1 if pattern.groups else 0
    for match in pattern.finditer(text):
        start, end = match.span(group)
        if end > start:
            yield start, end, kind


class _Lazy:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    def match(self, text: str) -> object:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled.match(text)
