"""What a call prints: the form of its lines, and the names of the numbers in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from ..names import words
from . import pieces
from .judging import SWEPT
from .quantities import is_mean, known_as, made_by
from .spreads import is_plus_minus
from .whose import PART, is_general, is_name, leads, row_of_text, title

_HOLE = r"(\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|.*?)"
"""What an expression may be printed as: a tuple, list or dictionary as a whole, or any text."""
_LETTER = re.compile(r"[A-Za-z]")
_NUMERIC_HOLE = r"(\s*[-+]?(?:[\d,]*\.?\d+(?:[eE][-+]?\d+)?|nan|inf)%?\s*)"
_NUMERIC = re.compile(r"[\d,.][fFeEgG%]$|^[fFeEgG%]$|d$")


class Template:
    """What a call prints: texts, and expressions of which only the names are known."""

    def __init__(self, parts: Sequence[str | ast.expr], given: Mapping[str, str]) -> None:
        self._names = [_name_of(part, given) for part in parts if not isinstance(part, str)]
        self._means = _means_with_spread(parts)
        self._kept = _kept(parts)
        self._made = made_by(parts[0]) if len(parts) == 1 and not isinstance(parts[0], str) else ""
        self.text = sum(len(part.strip()) for part in parts if isinstance(part, str))
        holes = [re.escape(part) if isinstance(part, str) else _hole(part) for part in parts]
        self._form = re.compile(r"\s*" + "".join(holes) + r"\s*", re.S)
        texts = [part for part in parts if isinstance(part, str)]
        self._lead = _leading(parts)
        """The place of an expression that the line begins with, 0 for none."""
        self.literal = " ".join("".join(texts).split())
        """The texts alone."""
        self.scope = 0
        """The line of the loop or function around the call, 0 at the top."""
        self.swept: frozenset[str] = frozenset()
        """The names to which the loops around it give written numbers."""
        self._first = _plain_name(next((part for part in parts if not isinstance(part, str)), None))
        self.is_title = False
        """Whether it prints a heading that is written out."""
        self._named = len(parts) - len(texts) == 1 and self._lead == 1 and is_general(self.literal)
        if not self._names:
            self.is_title = bool(title(self.literal))

    def heads(self, line: str) -> str:
        """The name of the row that the lines after this one are of, "" when the line is no heading."""
        if not self._named and not self.is_title:
            return ""
        match = self._form.fullmatch(line)
        if match is None:
            return ""
        return title(line) if self.is_title else leads(match.group(1))

    def names(self, line: str) -> list[str | None] | None:
        """The names of the numbers in a line, None when it is not of this form."""
        match = self._form.fullmatch(line)
        if match is None:
            return None
        found: list[str | None] = []
        lead = leads(match.group(self._lead)) if self._lead and len(self._names) > 1 else ""
        for start, end in pieces.spans(line):
            name = None
            for index, hole in enumerate(self._names, 1):
                first, last = match.span(index)
                if first <= start and end <= last:
                    if index < len(self._names) and _is_row(line[first:last]):
                        # The number is part of a name.
                        name = PART
                        break
                    several = len(pieces.spans(line[first:last])) > 1
                    name = None if several else self._made_of(index, hole)
                    row = self._row(match, index) if name else ""
                    name = f"{name}/{row}" if row else name
                    if self._made and _LETTER.search(line[first:start]):
                        # A line of what print(results.mean()) shows.
                        name = self._made
            if lead and name != PART and "/" not in (name or ""):
                name = f"{name or ''}//{lead}"
            if not found and name and name == self._first and name in self.swept:
                name += SWEPT
            found.append(name)
        return found

    def _made_of(self, index: int, name: str | None) -> str | None:
        """A mean that is shown with its deviation is no point of what it is the mean of."""
        return f"{name}_mean" if name and index in self._means and not name.endswith("_mean") else name

    def _row(self, match: re.Match[str], hole: int) -> str:
        """The text that an expression before a number gave, as the name of one of several models."""
        for before in range(hole - 1, 0, -1):
            if before + 1 not in self._kept:
                return ""
            text = match.group(before)
            if _LETTER.search(text):
                return row_of_text(text)
        return ""


def _is_row(text: str) -> bool:
    return bool(row_of_text(text)) and bool(leads(text))


def _leading(parts: Sequence[str | ast.expr]) -> int:
    """The place of an expression that names a model, before which no word is printed; 0 for none."""
    for part in parts:
        if not isinstance(part, str):
            return int(is_name(part) and _hole(part) == _HOLE)
        if _LETTER.search(part):
            return 0
    return 0


def _hole(node: ast.expr) -> str:
    """What an expression may be printed as; one that is formatted as a number is a number."""
    specification = getattr(node, "format_spec", None)
    values = specification.values if isinstance(specification, ast.JoinedStr) else []
    last = values[-1] if values else None
    told = isinstance(last, ast.Constant) and _NUMERIC.search(str(last.value))
    return _NUMERIC_HOLE if told else _HOLE


def _plain_name(node: ast.expr | None) -> str:
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return inner.id if isinstance(inner, ast.Name) else ""


def _name_of(node: ast.expr, given: Mapping[str, str]) -> str | None:
    name = known_as(node, given)
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    method = inner.func.attr if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) else ""
    # What is made of an array counts nothing, though the array is called b.
    return None if name in words.COUNTERS and method not in ("", "item") else name


def _means_with_spread(parts: Sequence[str | ast.expr]) -> frozenset[int]:
    """The places, from 1, of the expressions that are means, after which their deviation is printed."""
    found, hole = set(), 0
    for part, following in zip(parts, [*parts[1:], ""]):
        if not isinstance(part, str):
            hole += 1
            if isinstance(following, str) and is_plus_minus(following) and is_mean(part):
                found.add(hole)
    return frozenset(found)


def _kept(parts: Sequence[str | ast.expr]) -> frozenset[int]:
    """The places, from 1, of the expressions between which and the one before no word is printed."""
    found, hole, plain = set(), 0, True
    for part in parts:
        if isinstance(part, str):
            plain = plain and not _LETTER.search(part)
        else:
            hole += 1
            if plain:
                found.add(hole)
            plain = True
    return frozenset(found)
