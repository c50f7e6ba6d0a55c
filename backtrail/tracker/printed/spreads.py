"""Numbers told with their spread: ``0.97 ± 0.02``, ``0.97 accuracy with a standard deviation of 0.02``."""

from __future__ import annotations

import re

from ..names import words
from .judging import Judging, Number
from .labels import label_of, says_little
from .role import Role

_PLUS_MINUS = re.compile(r"^\s*%?\s*\(?\s*(?:\+/-|\u00b1|\+-|\+\\-)\s*$")
_WITH_ERROR = re.compile(r"^\s*(?:\+/-|\u00b1|\+-)\s*$")
_WITH_SPREAD = re.compile(
    r"^%?\s+([A-Za-z][\w -]*?),? with (?:an? )?(?:standard deviation|std\.?(?: dev\.?)?|stdev) of\s*$"
)


def is_plus_minus(text: str) -> bool:
    """Whether a text between two numbers makes the second one the spread of the first, by a sign."""
    return _PLUS_MINUS.match(text) is not None


def has_error(line: Judging, number: Number) -> bool:
    """Whether a number is told with its error: ``A = 2.01 ± 0.02``."""
    return _WITH_ERROR.match(number.after) is not None and not line.last(number.place)


def spread(line: Judging, sure: bool | None = None) -> Role | None:
    """The role of a number that is the spread of the one before it."""
    previous = line.previous
    if previous is None or previous.kind != "metric":
        return None
    metric, slash, row = previous.name.partition("/")
    name = metric[: -len("_mean")] if metric.endswith("_mean") else metric
    return Role("metric", f"{name}_std{slash}{row}", previous.sure if sure is None else sure)


def told_with_spread(line: Judging, number: Number) -> Role | None:
    """The role of a number that a sentence tells with its spread; None for others."""
    with_spread = _WITH_SPREAD.match(number.after)
    if not with_spread or line.whole[number.place] or not words.is_metric(words.normal(with_spread[1])):
        return None
    # SVM: 0.97 accuracy with a standard deviation of 0.02
    whose = label_of(number.before, None).words
    row = "" if len(whose) > 3 or says_little(whose) else words.label(" ".join(whose))
    return Role("metric", words.normal(with_spread[1]) + (f"/{row}" if row else ""))


def is_told_spread(before: str) -> bool:
    """Whether a sentence tells a number as the spread of the one before it."""
    return _WITH_SPREAD.match(before) is not None
