"""A printed line, taken apart into its numbers and the text between them."""

from __future__ import annotations

import re

LONGEST = 1000
"""Characters; no metric was ever printed on a longer line."""

_SIGNS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")
_KEY = re.compile(r"""(['"])((?:(?!\1)[^\n])*\d(?:(?!\1)[^\n])*)\1(?=\s*:\s)""")
"""A key of a dictionary that is printed, in which there are digits: ``{'k=3': 0.9}``."""
_PERHAPS_KEY = re.compile(r"""['"]\s*:\s""")
_NO_WORD = re.compile(r"[^A-Za-z0-9]+")
_WRAPPED = re.compile(
    r"\b(?:tf\.Tensor|tensor|Variable|(?:np\.|numpy\.)?(?:float|int|uint)(?:8|16|32|64)|(?:np\.)?array|Array|mx\.\w+)\("
    r"\s*([^\s,()\[\]]+)\s*(?:,[^()]*(?:\([^()]*\)[^()]*)?)?\)"
)
_MOMENTS = re.compile(
    r"\b\d{4}[-/]\d\d?[-/]\d\d?(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\b\d{1,3}:\d\d:\d\d(?:[.,]\d+)?|\b\d{1,2}:\d\d(?![.\d])|\b\d{1,2}/\d{1,2}/\d{4}\b"
)
_PERHAPS_MOMENT = re.compile(r"\d[:/-]\d")
_NUMBER = re.compile(
    r"(?<![\w.@^\\])(?<!\w-)(?:"
    r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\w|\.\d|\.\w)"
    r"|(?<![^\s:=(\[|,])[-+]?(?:[nN]a[nN]|[iI]nf(?:inity)?|NAN|INF)(?![\w.]))"
)


_POWER = re.compile(
    r"(?<![\w.^])(?:(\d+(?:\.\d+)?) ?[×·x*] ?)?"
    r"10(?:(?:\^|\*\*)[({]?([-−+]?\d{1,3})[)}]?|([⁻⁺]?[⁰¹²³⁴-⁹]{1,3}))(?![\w.])"
)
"""``3.2 × 10^-4`` and ``10⁻⁴``, as people write exponents."""
_PERHAPS_POWER = re.compile(r"10(?:\^|\*\*|[⁻⁺⁰¹²³⁴-⁹])")
_LOWERED = str.maketrans("⁻⁺−⁰¹²³⁴⁵⁶⁷⁸⁹", "-+-0123456789")


def clean(line: str) -> str:
    """The line as it stands on the screen at last, with numbers in ``tensor(…)`` and the like laid bare."""
    if "\x1b" in line:
        line = _SIGNS.sub("", line)
    if "\r" in line:
        line = next((part for part in reversed(line.split("\r")) if part.strip()), "")
    if "\b" in line:
        line = line.replace("\b", "")
    if "(" in line:
        line = _WRAPPED.sub(r"\1", line)
    if _PERHAPS_KEY.search(line):
        # The digits are no number: they belong to the name.
        line = _KEY.sub(lambda found: _NO_WORD.sub("_", found[2]), line)
    if _PERHAPS_POWER.search(line):
        line = _POWER.sub(_exponent, line)
    if _PERHAPS_MOMENT.search(line):
        line = _MOMENTS.sub(" ", line)
    return line


def _exponent(found: re.Match[str]) -> str:
    by, plain, raised = found.groups()
    return f"{by or 1}e{(plain or raised).translate(_LOWERED)}"


def split(line: str) -> tuple[tuple[str, ...], list[str]]:
    """The texts around the numbers, one more than there are numbers, and the numbers."""
    texts: list[str] = []
    numbers: list[str] = []
    end = 0
    for found in _NUMBER.finditer(line):
        start = found.start()
        texts.append(line[end:start])
        numbers.append(found.group())
        end = found.end()
    texts.append(line[end:])
    return tuple(texts), numbers


def spans(line: str) -> list[tuple[int, int]]:
    """Where the numbers of `split` begin and end."""
    return [found.span() for found in _NUMBER.finditer(line)]


def value(number: str) -> float:
    """The number that a text of `split` stands for."""
    return float(number.replace(",", ""))


def decimals(number: str) -> int | None:
    """The decimal places that were printed, fewer than 0 with an exponent; None for what has none."""
    mantissa, _, exponent = number.lower().partition("e")
    if "n" in mantissa:
        return None
    places = len(mantissa.partition(".")[2])
    return places - int(exponent) if exponent else places
