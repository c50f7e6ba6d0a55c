"""Numbers without words before them: what stood before others, or what the code calls them, may name them."""

from __future__ import annotations

import re

from ..names import words
from .judging import Judging, Number
from .labels import phrase
from .ratios import percent_of
from .role import Role


def unlabelled(line: Judging, number: Number) -> Role | None:  # noqa: PLR0911, PLR0912
    """The role of a number without a label."""
    index, before, after = number.place, number.before, number.after
    own = words.normal(number.own) if number.own else None
    previous = line.previous
    if percent_of(line, index, before):
        # Accuracy: 98/100 (98.0%): the percentage is the metric, in the place of the ratio.
        for back in range(index - 1, -1, -1):
            role = line.found[back]
            if role is not None and role.kind == "metric":
                line.found[back] = None
                return role
    bracketed = before.rstrip().endswith("(") and after.lstrip().startswith(("%)", ")"))
    if bracketed and previous is not None and index:
        return None
    if index == 0 and not line.carried:
        if line.swept and own is not None and not words.is_metric(own):
            return Role("counter", own if own in words.STEPS else "")
        if line.whole[0] and (own is None or own in words.COUNTERS or not words.is_metric(own)):
            return Role("counter", own if own in words.STEPS else "") if _leads(line, after) else None
        if own is not None and words.is_metric(own):
            return Role("metric", own)
        return None
    joined = re.match(r"^\s*[\])]?\s*[:=>-]+\s*\(?\[?\s*$|^\s*[\])]\s*$|^\s+$", before) is not None
    if line.carried and (joined or before == ""):
        carried, line.carried = line.carried, ()
        name = words.normal(" ".join(carried))
        if words.is_metric(name) or (words.is_part(own or "") and not line.whole[index]):
            return Role("metric", phrase(carried, None, carried=True))
    if own is not None:
        if own in words.COUNTERS and line.whole[index]:
            return Role("counter", own if own in words.STEPS else "")
        if words.is_metric(own):
            return Role("metric", f"{own}/{line.row}" if line.row else own)
        # What has no name of a metric beside a value that is tried may be anything, as a quantile.
        return None if words.is_other(own) or line.swept else Role("metric", own, sure=False)
    return _following(line, index, before)


def _following(line: Judging, index: int, before: str) -> Role | None:
    """The role of a number that has no name at all, after one that had one."""
    previous = line.previous
    if previous is None:
        return None
    if previous.kind == "metric" and re.match(r"^[\s,]+$", before) and _in_list(line, index):
        return previous
    if previous.kind in ("counter", "total") and ":" in before and line.last(index) and not line.swept:
        return None if line.whole[index] else Role("metric", "value")
    if previous.kind == "counter" and line.whole[index] and re.match(r"^\s*,\s*$", before):
        # [1,  2000] loss: 2.2
        return Role("counter")
    return None


def _leads(line: Judging, after: str) -> bool:
    """Whether an integer that a line begins with counts what follows."""
    return not line.last(0) and not re.match(r"^\s*(?:%|/)", after)


def _in_list(line: Judging, index: int) -> bool:
    opened = "".join(line.texts[: index + 1])
    return opened.count("[") > opened.count("]")
