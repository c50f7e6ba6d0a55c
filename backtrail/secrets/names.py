"""Values that stand beside a name such as ``api_key``, in code, in settings and in the words of a shell."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import Any, Optional

from .rules import Finding, Rules

_LONGEST_NAME = 64
_LONGEST_VALUE = 8192
_QUOTES = ('"', "'", "\\")

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NAME_END = re.compile(r"[A-Za-z0-9_.-]{0,64}")
_NAME = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"

# From the end of a name to a value in quotes: = "…", "]: "…", : str = "…", == "…", = SecretStr("…", = ["…".
_TO_QUOTED = re.compile(
    r"(?:\\?[\"'])?\s{0,4}\]?\s{0,8}"
    r"(?:(?::\s{0,8}[A-Za-z_][\w.\[\], |]{0,60})?=(?!=)|==|!=|=>|:=|:)"
    r"\s{0,8}(?:(?:str|bytes|Secret|SecretStr)\(\s{0,40})?([(\[]\s{0,40})?"
    r"[rRbBfFuU]{0,2}(\"\"\"|'''|\\?\"|\\?')"
)
_AS_ARGUMENT = re.compile(r"\\?[\"']\s{0,8},\s{0,40}[rRbBfFuU]{0,2}(\"\"\"|'''|\\?\"|\\?')")
_CALL = re.compile(r"(?:get|getenv|default|putenv|setenv|set|param|tag|header|pop)\(\s{0,8}\\?[\"']$", re.I)
_NEXT = re.compile(r"\s{0,40}\+?\s{0,40}[rRbBfFuU]{0,2}(\"\"\"|'''|\\?\"|\\?')")
_NEXT_OF_LIST = re.compile(r"\s{0,40},?\s{0,40}[rRbBfFuU]{0,2}(\"\"\"|'''|\\?\"|\\?')")
_UP_TO = {
    '"': re.compile(r'[^"\\\n]*(?:\\.[^"\\\n]*)*'),
    "'": re.compile(r"[^'\\\n]*(?:\\.[^'\\\n]*)*"),
    '\\"': re.compile(r'[^"\\\n]*(?:\\[^"\n][^"\\\n]*)*'),
    "\\'": re.compile(r"[^'\\\n]*(?:\\[^'\n][^'\\\n]*)*"),
    '"""': re.compile(r'[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*'),
    "'''": re.compile(r"[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*"),
}

_PLAIN = re.compile(r"=([^\s\"'`;&,|()\[\]{}<>\\]{3,512})")
# What ends such a value; any other makes it an expression, as in password=passwords[1].
_ENDS = frozenset(" \t\r\n\"'`;&,)}\\")
_PLAIN_IN_SHELL = re.compile(r"(?:=\s{0,2}|(?<=[a-zA-Z]) {1,4})([^\s\"'`;&|()<>=-][^\s\"'`;&|()<>]{0,511})")
_PLAIN_IN_SETTINGS = re.compile(r"\s{0,8}[:=]\s{0,8}([^\s\"'#,\[\]{}][^\s\"',]{0,511})")


# Where a value begins and ends, and what kind of secret it is, if it is one.
_Value = tuple[int, int, Optional[str]]


class Names:
    """Finds values by the name beside them."""

    def __init__(self, rules: Rules) -> None:
        names = rules.names
        self._harmless_value = rules.harmless
        self._sure = _by_words(names["sure"])
        self._likely = _by_words(names["likely"])
        self._harmless = frozenset(names["harmless"])
        self._after = frozenset(names["after"])
        self._candidates: list[str] = names["words"]
        self._kinds: dict[str, tuple[str, bool] | None] = {}

    def kind(self, name: str) -> tuple[str, bool] | None:
        """What a name is the name of, and whether that is sure; None when it names no secret."""
        if name not in self._kinds:
            if len(self._kinds) > 4096:
                self._kinds.clear()
            self._kinds[name] = self._kind_of(name)
        return self._kinds[name]

    def secret(self, value: str, sure: bool) -> bool:
        """Whether a value is one, beside a name that names one."""
        if len(value) >= _LONGEST_VALUE:
            return sure
        # The name of a variable: key_of("OPENAI_API_KEY").
        if self._harmless_value(value) or (value.isupper() and self._names_one(value)):
            return False
        if sure:
            return True
        if not 8 <= len(value) <= 256 or any(letter.isspace() for letter in value):
            return False
        if "://" in value or value[0] in "/.<[{":
            return False
        digits = sum(letter.isdigit() for letter in value)
        mixed = not (value.islower() or value.isupper() or value.istitle())
        return 2 <= digits < len(value) or (mixed and len(value) >= 16 and value.isalnum())

    def find(self, text: str, mode: str) -> Iterator[Finding]:
        """The values beside names of secrets. ``mode`` is code, text or settings."""
        lower = _lower(text)
        strings = _Strings(text)
        for word in self._candidates:
            size = len(word)
            at = lower.find(word)
            while at >= 0:
                end = at + size
                # Most are the beginning of a longer word, as in tokenizer; an s or another word may follow.
                if _goes_on(text, end):
                    at = lower.find(word, end)
                    continue
                start, end = _name_around(text, at, end)
                for first, last, kind in self._beside(strings, start, end, mode):
                    # What is a value is not looked through for names: that would take squared time.
                    end = last
                    if kind is not None:
                        yield first, last, kind
                at = lower.find(word, end)

    def _beside(self, strings: _Strings, start: int, end: int, mode: str) -> Iterator[_Value]:
        text = strings.text
        kind = self.kind(text[start:end])
        if kind is None:
            return
        quoted = _TO_QUOTED.match(text, end)
        rest = _NEXT_OF_LIST if quoted and quoted[1] else _NEXT
        quote = quoted and quoted[2]
        if quoted is None:
            quoted = _AS_ARGUMENT.match(text, end)
            if quoted and not _CALL.search(text[max(0, start - 40) : start]):
                quoted = None
            quote = quoted and quoted[1]
        if quoted and quote and (text[end : end + 1] in _QUOTES or not strings.closed_by(start, quote)):
            yield from self._in_quotes(text, quoted.end(), quote, kind, rest)
        else:
            yield from self._without_quotes(strings, start, end, mode, kind)

    def _in_quotes(
        self, text: str, at: int, quote: str, kind: tuple[str, bool], rest: re.Pattern[str]
    ) -> Iterator[_Value]:
        for _ in range(64):
            match = _UP_TO[quote].match(text, at, at + _LONGEST_VALUE)
            end = match.end() if match else at
            if self.secret(text[at:end], kind[1]):
                yield at, end, kind[0]
            if not text.startswith(quote, end):
                return
            following = rest.match(text, end + len(quote))
            if following is None:
                return
            at, quote = following.end(), following[1]

    def _without_quotes(
        self, strings: _Strings, start: int, end: int, mode: str, kind: tuple[str, bool]
    ) -> Iterator[_Value]:
        text = strings.text
        if mode == "settings":
            match = _PLAIN_IN_SETTINGS.match(text, end)
        elif strings.in_shell(start):
            spaced = text.startswith("-", start) or strings.after_env(start)
            match = (_PLAIN_IN_SHELL if spaced else _PLAIN).match(text, end)
        elif mode == "text" or strings.inside(start):
            match = _PLAIN.match(text, end)
        else:
            return
        if match:
            # password=password hands on what stands elsewhere.
            secret = not self._names_one(match[1]) and self.secret(match[1], kind[1])
            if match.re is _PLAIN and len(match[1]) < 512:
                secret = secret and (match.end() == len(text) or text[match.end()] in _ENDS)
            yield match.start(1), match.end(1), kind[0] if secret else None

    def _kind_of(self, name: str) -> tuple[str, bool] | None:
        words = [word.lower() for word in _WORDS.findall(name)]
        while words and (words[-1] in self._after or words[-1].isdigit()):
            words.pop()
        for size in (3, 2, 1):
            if len(words) >= size:
                tail = " ".join(words[-size:])
                if tail in self._sure:
                    return self._sure[tail], True
        if not words or words[-1] not in self._likely:
            return None
        if len(words) > 1 and words[-1] == "token":
            if words[-2] in self._harmless:
                return None
            # The names of environment variables: X_TOKEN.
            if name.isupper():
                return "token", True
        return self._likely[words[-1]], False

    def _names_one(self, value: str) -> bool:
        """Whether a value is itself no more than the name of a secret."""
        return value.isidentifier() and not any(map(str.isdigit, value)) and bool(self.kind(value))


class _Strings:
    """Which parts of a text are in quotes, and which are words of a shell; looked at only when needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._triple: list[int] | None = None

    def in_shell(self, at: int) -> bool:
        """Whether a line is one of a shell, or of a magic: ``!``, ``%env``, ``export``, ``- run:`` of CI."""
        line = self._line(at)
        words = line.lstrip("+- \t")
        return words.startswith(("!", "%", "export ", "set ", "setenv ", "$ ", "ENV ", "ARG "))

    def after_env(self, at: int) -> bool:
        """Whether ``%env NAME value`` may be meant."""
        return self._line(at).lstrip("+- \t").startswith(("%env ", "%set_env ", "setenv ", "ENV "))

    def closed_by(self, at: int, quote: str) -> bool:
        """Whether a place is within a string that this quote ends, as in ``print("password:", x)``."""
        return quote in self._around(at)

    def inside(self, at: int) -> bool:
        """Whether a place in code is within a string, as far as can be told without parsing it."""
        if self._around(at):
            return True
        if self._triple is None:
            self._triple = list(_bounds_of_long_strings(self.text))
        return bisect(self._triple, at) % 2 == 1

    def _around(self, at: int) -> list[str]:
        """The quotes that are open before a place in its line; escaped ones are a string in a string."""
        line = self._line(at).replace('"""', "").replace("'''", "")
        found = []
        for quote in ('"', "'"):
            escaped = line.count(f"\\{quote}")
            if escaped % 2:
                found.append(f"\\{quote}")
            if (line.count(quote) - escaped) % 2:
                found.append(quote)
        return found

    def _line(self, at: int) -> str:
        """The line of a place, up to it, and not farther than a screen or so back."""
        first = max(0, at - 1024)
        return self.text[self.text.rfind("\n", first, at) + 1 or first : at]


def _bounds_of_long_strings(text: str) -> Iterator[int]:
    """Where strings in triple quotes begin and end, by turns."""
    opened = ""
    for match in re.finditer("\"\"\"|'''", text):
        if not opened or match[0] == opened:
            opened = "" if opened else match[0]
            yield match.start()


def _by_words(kinds: dict[str, Any]) -> dict[str, str]:
    return {words: kind for kind, names in kinds.items() for words in names}


def _goes_on(text: str, end: int) -> bool:
    """Whether the word that ends at ``end`` is the beginning of a longer one."""
    following = text[end : end + 1]
    if following in ("s", "S"):
        following = text[end + 1 : end + 2]
    return following.isalpha() and following.isupper() == text[end - 1].isupper()


def _name_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the name that a word of it stands in."""
    first = max(0, start - _LONGEST_NAME)
    before = text[first:start]
    after = _NAME_END.match(text, end)
    return start - len(before) + len(before.rstrip(_NAME)), (after.end() if after else end)


def _lower(text: str) -> str:
    """In lower case, with every character where it was: some have lower cases that are longer."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.encode("ascii", "replace").decode().lower()
