"""The language of filters: docs/filter.md has it in words, ``src/runlog/filter/grammar.peggy`` as rules.

The command line and the panel use the parser that is made of the grammar. This one is written by hand: a
kernel has no Node, and a query should not start a process. ``test/vectors-filter`` holds both to the same.
"""

from __future__ import annotations

import re
from typing import Callable, TypeVar

from .errors import FilterError
from .expression import Both, Call, Comparison, Expression, Key, Membership, Negation, Presence, Value

_PART = r"""[^ \t\r\n\0"'()=<>!~,.]"""
_END = rf"(?!{_PART})(?!\.)"
_SPACE = re.compile(r"[ \t\r\n]*")
_KEYWORD = re.compile(rf"(?:and|or|not|in){_END}", re.I)
_WORD = re.compile(rf"{_PART}+")
_FIRST = re.compile(rf"(?![0-9+-]){_PART}+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', re.S)
_FUNCTION = re.compile(r"(?!(?:and|or|not|in)\()([a-z_]+)\(")
_OPERATOR = re.compile(r"==|<=|>=|!=|!~|=|<|>|~")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INFINITY = re.compile(rf"[+-]?inf(?:inity)?{_END}", re.I)
_UNIT = re.compile(r"[a-z]+")
_BYTES = re.compile(rf"(?:B|[kKMGT]i?B){_END}")
_AGO = re.compile(rf"ago{_END}", re.I)
_DAY = re.compile(rf"(?:now|today|yesterday){_END}", re.I)
_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"([T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?" + _END
)
_SECONDS = {
    **dict.fromkeys(["ms"], 0.001),
    **dict.fromkeys(["s", "sec", "secs", "second", "seconds"], 1),
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes"], 60),
    **dict.fromkeys(["h", "hr", "hour", "hours"], 3600),
    **dict.fromkeys(["d", "day", "days"], 86400),
    **dict.fromkeys(["w", "week", "weeks"], 604800),
}
_SIZES = {"B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}
_SIZES |= {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


Item = TypeVar("Item")


def parse(text: str) -> Expression:
    """Reads a filter.

    Raises:
        FilterError: it cannot be understood.
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def whole(self) -> Expression:
        self._space()
        expression = self._either()
        self._space()
        if self.at < len(self.text):
            raise self._error("and, or, or the end")
        return expression

    def _either(self) -> Expression:
        left = self._all()
        while self._joined("or", "||"):
            left = Both("or", left, self._all())
        return left

    def _all(self) -> Expression:
        left = self._not()
        while self._joined("and", "&&"):
            left = Both("and", left, self._not())
        return left

    def _joined(self, word: str, sign: str) -> bool:
        before = self.at
        self._space()
        if self._word(word) or self._take(re.compile(re.escape(sign))):
            self._space()
            return True
        self.at = before
        return False

    def _not(self) -> Expression:
        if self._word("not") or self._take(re.compile(r"!(?![=~])")):
            self._space()
            return Negation(self._not())
        return self._condition()

    def _condition(self) -> Expression:
        if self._take(re.compile(r"\(")):
            self._space()
            inner = self._either()
            self._space()
            self._closed()
            return inner
        start = self.at
        if call := self._take(_FUNCTION):
            self._space()
            arguments = [] if self._sees(")") else self._list(self._argument)
            self._space()
            self._closed()
            return Call(call[1], arguments, start)
        key = self._key()
        before = self.at
        self._space()
        negated = self._word("not") or self._take(re.compile(r"!(?![=~])")) is not None
        self._space()
        if self._word("in"):
            self._space()
            if not self._take(re.compile(r"\(")):
                raise self._error("(")
            self._space()
            values = self._list(self._value)
            self._space()
            self._closed()
            found = Membership(key, values)
            return Negation(found) if negated else found
        if negated:
            raise self._error("in")
        if operator := self._take(_OPERATOR):
            self._space()
            return Comparison(key, operator[0].replace("==", "="), self._value())
        self.at = before
        return Presence(key)

    def _list(self, item: Callable[[], Item]) -> list[Item]:
        found = [item()]
        while True:
            before = self.at
            self._space()
            if not self._take(re.compile(",")):
                self.at = before
                return found
            self._space()
            found.append(item())

    def _argument(self) -> Key | Value:
        value = self._quantity() or self._quoted()
        return self._key() if value is None else value

    def _key(self) -> Key:
        start = self.at
        first = None if _KEYWORD.match(self.text, self.at) else self._take(_FIRST)
        if first is None:
            raise self._error("a key such as metrics.loss")
        parts = [first[0]]
        while self._take(re.compile(r"\.")):
            quoted = self._quoted()
            word = None if quoted else self._take(_WORD)
            if quoted is None and word is None:
                raise self._error("a part of a key")
            parts.append(str(quoted.value) if quoted else word[0] if word else "")
        return Key(tuple(parts), start)

    def _value(self) -> Value:
        found = self._quantity() or self._quoted()
        if found is not None:
            return found
        start = self.at
        if _KEYWORD.match(self.text, self.at) or not _WORD.match(self.text, self.at):
            raise self._error("a value")
        while self._take(_WORD):
            if not (self._sees(".") and _part_follows(self.text, self.at + 1)):
                break
            self.at += 1
            self._quoted()
        text = self.text[start : self.at]
        if text.lower() in ("true", "false"):
            return Value("boolean", text.lower() == "true", start)
        return Value("text", text, start)

    def _quoted(self) -> Value | None:
        start = self.at
        found = self._take(_QUOTED)
        if found is None:
            return None
        inner = found[1] if found[1] is not None else found[2]
        # A backslash before anything but a quotation mark and itself is that of a pattern or a path.
        return Value("text", re.sub(r"""\\(["'\\])""", r"\1", inner), start)

    def _quantity(self) -> Value | None:  # noqa: PLR0911
        """A date, a duration, a size or a number; nothing is taken where there is none."""
        start = self.at
        if date := self._take(_DATE):
            text = f"{date[1]}T{date[2][1:]}" if date[2] else date[1]
            return Value("moment", text, start)
        seconds = self._duration()
        if seconds is not None:
            before = self.at
            self._space()
            if self._take(_AGO):
                return Value("ago", seconds, start)
            self.at = before
            if self._ends():
                return Value("duration", seconds, start)
        self.at = start
        if day := self._take(_DAY):
            return Value("day", day[0].lower(), start)
        number = self._take(_NUMBER)
        if number is not None:
            before = self.at
            self._space()
            unit = self._take(_BYTES)
            if unit is not None and unit[0] in _SIZES:
                return Value("number", float(number[0]) * _SIZES[unit[0]], start, self._since(start))
            self.at = before
            if self._ends():
                return Value("number", float(number[0]), start, self._since(start))
        self.at = start
        if infinity := self._take(_INFINITY):
            sign = "-" if infinity[0].startswith("-") else ""
            return Value("number", float(f"{sign}inf"), start, infinity[0])
        return None

    def _duration(self) -> float | None:
        total: float | None = None
        while True:
            before = self.at
            if total is not None:
                self._space()
            number = self._take(_NUMBER)
            self._space()
            unit = self._take(_UNIT) if number else None
            if number is None or unit is None or unit[0] not in _SECONDS:
                self.at = before
                return total
            total = (total or 0) + float(number[0]) * _SECONDS[unit[0]]

    def _since(self, start: int) -> str:
        return self.text[start : self.at]

    def _ends(self) -> bool:
        return re.compile(_END).match(self.text, self.at) is not None

    def _word(self, word: str) -> bool:
        return self._take(re.compile(word + _END, re.I)) is not None

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def _sees(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def _closed(self) -> None:
        if not self._take(re.compile(r"\)")):
            raise self._error(")")

    def _space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _error(self, expected: str) -> FilterError:
        rest = self.text[self.at :].split(None, 1)
        if not rest:
            return FilterError(f"The filter is not complete: it could go on with {expected}.", self.at)
        if rest[0][0] in "\"'" and not _QUOTED.match(self.text, self.at):
            return FilterError(f"The quotation mark {rest[0][0]} is not closed.", self.at)
        return FilterError(f"“{rest[0]}” is not understood here: it could be {expected}.", self.at)


def _part_follows(text: str, at: int) -> bool:
    return bool(_WORD.match(text, at) or _QUOTED.match(text, at))
