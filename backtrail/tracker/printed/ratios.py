"""Numbers that stand after a slash, ``98/100`` and ``64 of 60000``, and the percentage that they make."""

from __future__ import annotations

import re

from .judging import Judging
from .labels import WORDY
from .role import Role

_TAKES_TOTAL = re.compile(r"^\s*(?:/|of|out of)\s*$", re.I)


def takes_total(text: str) -> bool:
    """Whether a text between two numbers makes the second one the total of the first."""
    return _TAKES_TOTAL.match(text) is not None


def taken(line: Judging, index: int) -> Role | None:
    """The role of a number that stands after a slash."""
    previous = line.previous
    if previous is not None and previous.kind == "counter":
        return Role("total")
    if previous is not None and previous.kind == "metric":
        if line.second:
            # RMSE train/test: 0.31 / 0.42
            second, line.second = line.second, ""
            return Role("metric", second, previous.sure)
        return None if _has_percent(line, index) or not line.whole[index] else Role("ratio")
    before = line.texts[index - 1]
    # 0.123 (504 of 4100): what stands in such brackets says more of the number before them.
    remark = index > 1 and before.rstrip().endswith("(")
    if line.whole[index] and line.whole[index - 1] and not WORDY.search(before) and not remark:
        # [ 64/60000] without a name.
        line.found[-1] = Role("counter")
        return Role("total")
    return None


def percent_of(line: Judging, index: int, before: str) -> bool:
    """Whether a number without a name is the percentage of the ratio before it: ``98/100 (98.0%)``."""
    ratio = index >= 2 and takes_total(line.texts[index - 1])
    return ratio and line.texts[index + 1].lstrip().startswith("%") and not WORDY.search(before)


def _has_percent(line: Judging, index: int) -> bool:
    """Whether the percentage of a ratio stands after it."""
    following = line.texts[index + 2] if index + 2 < len(line.texts) else ""
    directly = re.match(r"^\s*[,:=]?\s*\(?\s*$", line.texts[index + 1]) is not None
    return directly and following.lstrip().startswith("%")
