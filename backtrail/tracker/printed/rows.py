"""Lines that compare: in ``Ridge: MSE 3.2, R2 0.9`` what stands before the metrics says whose they are."""

from __future__ import annotations

import re

from ..names import words
from .labels import LABEL_WORD, STOP, phrase

_ROW = re.compile(
    r"^\W*(?P<row>[A-Za-z](?:[\w.+'/-]|[ ](?![ |\u2013\u2014-]))*)"
    r"(?:\s{2,}|\s*:\s+|\s+[|\u2013\u2014-]\s+|\s*[-=]>\s*)(?P<metric>[A-Za-z][\w @^%.-]*?)\s*[:=]?\s*$"
)
_MOST_WORDS = 4
_GENERAL = (
    words.SUMMARIES
    | words.STEPS
    | words.word_set(
        "result results metric metrics score scores summary performance report evaluation model output done"
        " stats statistics here now new log info debug epochs steps loss losses so thus"
    )
)
"""Words that are of no one in particular."""


def row_of(before: str) -> tuple[str, str] | None:
    """The name of a row, and that of its first metric, in the text ``before`` the first number of a line."""
    match = _ROW.match(before)
    if match is None:
        return None
    of = [words.normal(word) for word in LABEL_WORD.findall(match["row"])]
    plain = not any(one in words.SPLITS or one in _GENERAL or one in STOP for one in of)
    if not 0 < len(of) <= _MOST_WORDS or not plain or words.is_metric(words.normal(match["row"])):
        return None
    label = tuple(LABEL_WORD.findall(match["metric"]))
    if not label or not words.is_metric(words.normal(" ".join(label))):
        return None
    return words.label(match["row"]), phrase(label, None)
