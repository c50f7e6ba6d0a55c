"""What each number of a printed line is: a metric, its step, how many there are of something, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from ..names import words
from .judging import SWEPT, Judging, Number
from .labelled import labelled
from .labels import WORDY, Label, label_of, pair, phrase
from .ratios import taken, takes_total
from .role import Role
from .spreads import is_plus_minus, is_told_spread, spread, told_with_spread
from .together import judge_together
from .unlabelled import unlabelled
from .whose import PART, after_name

_ARROW = re.compile(r"^\s*(?:[-=]+>|\u2192|\u2014>|to)\s*$")
_CHANGED = re.compile(r"\b(?:improv|decreas|increas|reduc|drop)\w*\b", re.I)
_OPENED = re.compile(r"[\[(][^()\[\]]*$")
_CLOSED = re.compile(r"^[^()\[\]|,;:=]*[)\]]\s*(?:[:=]|->|is\b)\s*$")


@lru_cache(maxsize=2048)
def roles(
    texts: tuple[str, ...], whole: tuple[bool, ...], names: tuple[str | None, ...]
) -> tuple[Role | None, ...]:
    """What each number of a line with these ``texts`` around its numbers is.

    ``whole`` says of each number whether it is an integer, ``names`` what the code calls it. It depends on
    the texts alone, so that a loop pays for it once.
    """
    line = Judging(texts, whole, names)
    for index in range(len(whole)):
        line.labels.append("")
        line.found.append(_role(line, index))
    judge_together(line)
    if line.lead:
        return tuple(
            role._replace(name=f"{role.name}/{line.lead}")
            if role is not None and role.kind == "metric" and "/" not in role.name
            else role
            for role in line.found
        )
    return tuple(line.found)


def _role(line: Judging, index: int) -> Role | None:  # noqa: PLR0911
    before, after = line.texts[index][line.counted :], line.texts[index + 1]
    line.counted = 0
    if index and takes_total(before):
        return taken(line, index)
    if index and is_plus_minus(before):
        return spread(line)
    own = line.names[index] if index < len(line.names) else None
    if own == PART:
        return None
    own, _, line.row = own.partition("//")[0].partition("/") if own else ("", "", "")
    if own.endswith(SWEPT):
        own, line.swept = own[:-1], index == 0 and not line.last(0)
    before = after_name(before, line.lead) if line.lead else before
    number = Number(index, before, after, own or None)
    told = told_with_spread(line, number)
    if told is not None:
        return told
    if index and _ARROW.match(before) and _CHANGED.search(line.texts[0]):
        # Validation loss decreased (0.52 --> 0.48): both were told, and this is no other metric.
        line.found[-1] = None
        return None
    if index and is_told_spread(before):
        return spread(line, sure=True)
    aside = _OPENED.search(before)
    said = before[: aside.start()] if aside else ""
    if WORDY.search(said) and _CLOSED.match(after) and not line.last(index):
        # avg reward (last 100): -0.3
        line.carried = label_of(said, line.group).words
        return None
    return _labelled(line, number) if WORDY.search(before) else unlabelled(line, number)


def _labelled(line: Judging, number: Number) -> Role | None:
    label = label_of(number.before, line.group)
    if takes_total(number.after) and not line.last(number.place):
        first, line.second = pair(label.words)
        if first:
            return Role("metric", first)
    line.group = label.split
    line.labels[number.place] = words.normal(" ".join(label.words))
    if not label.words:
        return unlabelled(line, number._replace(before=""))
    carried, line.carried = line.carried, ()
    role = labelled(line, number, label)
    if carried and (role is None or not role.sure):
        return _of_carried(line, carried, label, number.before) or role
    return role


def _of_carried(line: Judging, carried: tuple[str, ...], label: Label, before: str) -> Role | None:
    """``Accuracy on the 10000 test images: 53 %``: the words that stood first name it."""
    if not words.is_metric(words.normal(" ".join(carried))) or not re.search(r"[:=]\s*$|\bis\s*$", before):
        return None
    line.carried = ()
    return Role("metric", phrase(carried, words.split_of(words.normal(" ".join(label.words)))))
