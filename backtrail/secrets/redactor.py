"""Takes secrets out of what is going to be written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..runlog.lines import plain
from .names import Names
from .randomtext import RandomText
from .rules import Finding, findings, load

UNCHECKED = "[withheld: unchecked]"

# What holds nothing of the user's text, or is checked where it is made.
_STRUCTURE = frozenset(
    {"cell", "commit", "count", "diff", "duration", "event", "n", "number", "opened", "origin", "packages"}
    | {"parent", "run", "session", "sha256", "size", "source_blob", "status", "time", "withheld"}
)
_NUMBERS = (bool, int, float)
_BEFOREHAND = frozenset({"cell_start", "entropy", "outputs", "random", "random_state", "usage", "variables"})
_FREE_TEXT = frozenset({"cell_end", "note", "param", "tag", "warning"})

_PIECE = 1 << 16
_SETTINGS = (
    ".cfg",
    ".conf",
    ".env",
    ".ini",
    ".npmrc",
    ".properties",
    ".pypirc",
    ".sh",
    ".toml",
    ".yaml",
    ".yml",
)
_SETTINGS_CELL = re.compile(
    r"\s*%%(?:!|(?:bash|sh|script|cmd|sx|system)\b|(?:writefile|file)\s(?![^\n]{0,256}\.py\s))"
)
_FILE = re.compile(r"^diff --git ", re.MULTILINE)

Count = list[dict[str, Any]]


class Withheld(NamedTuple):
    """A text without its secrets, and how many of which kind it had: ``[{"kind", "count"}]``, or None."""

    text: str
    counts: Count | None


class Redactor:
    """Replaces secrets by ``[withheld: kind]``.

    Nothing here raises: what cannot be checked is withheld whole. ``patterns`` are the user's own regular
    expressions; ``problems`` says, in sentences, which of them are none.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.problems: list[str] = []
        self._own: list[re.Pattern[str]] = []
        self._patterns: list[str] = []
        self._rules = load()
        self._names = Names(self._rules)
        self._random_text = RandomText(self._rules.entropy)
        self.use(patterns)

    def use(self, patterns: Iterable[str]) -> None:
        """Takes these patterns of the user's in place of those before."""
        wanted = list(patterns)
        if wanted == self._patterns:
            return
        self._patterns, self._own = wanted, []
        for pattern in wanted:
            try:
                self._own.append(re.compile(pattern))
            except (re.error, RecursionError, OverflowError) as error:
                self.problems.append(
                    f"The pattern {pattern!r} of the setting redact is no regular expression ({error}), "
                    "so nothing is withheld by it: correct it."
                )

    def source(self, text: str) -> Withheld:
        """The source of a cell."""
        counts: Counter[str] = Counter()
        try:
            mode = "settings" if _SETTINGS_CELL.match(text) else "code"
            return Withheld(self._text(text, mode, True, counts), _listed(counts))
        except Exception:
            # A comment, so that what is made of the source can be run.
            return Withheld(f"# {UNCHECKED}\n", [{"kind": "unchecked", "count": 1}])

    def text(self, text: str) -> Withheld:
        """Prose, such as a notebook's markdown."""
        counts: Counter[str] = Counter()
        try:
            return Withheld(self._text(text, "text", True, counts), _listed(counts))
        except Exception:
            return Withheld(UNCHECKED, [{"kind": "unchecked", "count": 1}])

    def diff(self, data: bytes) -> tuple[bytes | None, Count | None]:
        """A difference as git writes it; None when it could not be checked."""
        try:
            counts: Counter[str] = Counter()
            text = data.decode(errors="surrogateescape")
            parts = [
                self._text(piece, mode, True, counts) if mode else piece for piece, mode in _pieces(text)
            ]
            # Bytes stay what they are where nothing is withheld.
            return ("".join(parts).encode(errors="surrogateescape") if counts else data), _listed(counts)
        except Exception:
            return None, [{"kind": "unchecked", "count": 1}]

    def finds(self, text: str) -> bool:
        """Whether there is anything to withhold in a file, such as one of settings or of data."""
        try:
            return any(True for _ in self._find(text, "settings", True))
        except Exception:
            return True

    def event(self, event: str, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of an event, with ``withheld`` when there was something to withhold."""
        if event in _BEFOREHAND:
            return fields
        counts: Counter[str] = Counter()
        safe: dict[str, Any] = {}
        random = event in _FREE_TEXT
        for name, value in fields.items():
            if name in _STRUCTURE or value is None or (type(value) in _NUMBERS and name != "value"):
                safe[name] = value
                continue
            try:
                key = fields.get("key") if name == "value" else name
                safe[name] = self._value(key, plain(value), random, counts)
            except Exception:
                safe[name] = UNCHECKED
                counts["unchecked"] += 1
        if counts:
            safe["withheld"] = _listed(counts)
        return safe

    def _value(self, key: object, value: Any, random: bool, counts: Counter[str]) -> Any:
        """A value that has ``key`` as its name."""
        if type(value) is dict:
            return {name: self._value(name, item, random, counts) for name, item in value.items()}
        if type(value) is list:
            return [self._value(key, item, random, counts) for item in value]
        kind = self._names.kind(key[-128:]) if type(key) is str else None
        if type(value) is str:
            secret = kind is not None and self._names.secret(value, kind[1])
        else:
            secret = type(value) is int and kind == ("password", True)
        if kind is not None and secret:
            counts[kind[0]] += 1
            return _marker(kind[0])
        return self._text(value, "text", random, counts) if type(value) is str else value

    def _text(self, text: str, mode: str, random: bool, counts: Counter[str]) -> str:
        found = list(self._find(text, mode, random))
        if not found:
            return text
        # Of two that begin together the first counts: it was found by the more certain rule.
        found.sort(key=lambda finding: finding[0])
        pieces, at = [], 0
        for start, end, kind in found:
            if start < at:
                # Within what another rule withheld already; what reaches beyond it goes too.
                at = max(at, end)
                continue
            pieces.append(text[at:start])
            pieces.append(_marker(kind) + _lines(text[start:end]))
            counts[kind] += 1
            at = end
        pieces.append(text[at:])
        return "".join(pieces)

    def _find(self, text: str, mode: str, random: bool) -> Iterator[Finding]:
        for pattern in self._own:
            yield from findings(pattern, text, "pattern")
        for shape in self._rules.shapes:
            for word in shape.words:
                if word in text:
                    for finding in shape.find(text):
                        if not self._rules.harmless(text[finding[0] : finding[1]]):
                            yield finding
                    break
        yield from self._names.find(text, mode)
        if random:
            yield from self._random_text.find(text, mode == "code")


def patterns(option: object, environment: Mapping[str, str]) -> list[str]:
    """The user's patterns: those of the setting, and of BACKTRAIL_REDACT (by lines, or else by commas)."""
    listed = [one for one in option if isinstance(one, str)] if isinstance(option, list) else []
    variable = environment.get("BACKTRAIL_REDACT", "")
    listed += variable.splitlines() if "\n" in variable.strip() else variable.split(",")
    return [one.strip() for one in listed if one.strip()]


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The files of a difference with the mode of each, large ones in pieces that end with a line.

    A search holds up every thread of the interpreter while it lasts, so none may last long. Binary files
    come with None: they are packed, and nothing is found in them.
    """
    starts = [match.start() for match in _FILE.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)]):
        head = text[start : min(end, start + 4096)]
        if "\nGIT binary patch\n" in head and "\n@@ " not in head:
            yield text[start:end], None
            continue
        mode = "settings" if head.partition("\n")[0].rstrip('"').endswith(_SETTINGS) else "code"
        # A key spans many lines.
        size = end - start if "PRIVATE KEY" in text[start:end] else _PIECE
        at = start
        while at < end:
            stop = text.find("\n", at + size, end) + 1 or end
            yield text[at:stop], mode
            at = stop


def _marker(kind: str) -> str:
    return f"[withheld: {kind}]"


def _lines(text: str) -> str:
    """The line ends of what was withheld from a string of many lines, so that lines keep their numbers."""
    return "" if '"' in text or "'" in text else "\n" * text.count("\n")


def _listed(counts: Counter[str]) -> Count | None:
    return [{"kind": kind, "count": count} for kind, count in sorted(counts.items())] or None
