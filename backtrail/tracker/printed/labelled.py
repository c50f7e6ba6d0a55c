"""Numbers that have words before them: metrics, counters, how many there are of something, or nothing."""

from __future__ import annotations

import re

from ..names import words
from .judging import Judging, Number
from .labels import BOUND, LABEL_WORD, STOP, WORDY, Label, head, phrase
from .ownname import chosen_as, own_named
from .role import Role
from .spreads import has_error

_COUNTED = re.compile(
    r"^[ -](?!is\b|was\b|at\b|for\b|in\b|on\b|after\b|and\b|\()([a-z]{3,})(?!\w*\s?=)", re.I
)
_MEASURED = words.word_set(
    "age price time times seconds sec secs s ms us ns duration size sizes length height width weight loop"
    " income salary fare amount samples rows days hours"
)
"""What is told of data, and of how long something takes, with a spread."""
_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "might", "may", "could", "not"))
_MADE = frozenset(("mean", "std", "var", "min", "max", "median"))


def labelled(line: Judging, number: Number, label: Label) -> Role | None:  # noqa: PLR0911, PLR0912
    """The role of a number with a label."""
    index, own = number.place, number.own
    name = words.normal(" ".join(label.words))
    last = words.normal(label.words[-1])
    if last in words.STEPS and _counts(label.words):
        line.carried = label.words[:-1]
        return Role("counter", last)
    if last == "seed" and index == 0 and line.whole[0]:
        # seed 3: accuracy 0.9, of one of several trainings
        return Role("counter", last)
    leading = index == 0 and line.whole[0] and not line.last(0)
    if last in words.TIMES and leading and len(label.words) == 1:
        # day 20: infected 12.5
        return Role("counter", last)
    if own and words.is_metric(own) and _follows_amount(line, index, name, own):
        # 1200 train docs accuracy: 0.9
        return Role("metric", own)
    counted = _COUNTED.match(number.after)
    if counted and line.whole[index] and not _ends_as_label(line, index):
        is_amount, role = _counted_of(line, counted, label, name)
        if is_amount:
            return role
    if own in _MADE and words.is_metric(name) and own not in name.split("_"):
        return Role("metric", f"{phrase(label.words, label.split)}_{own}")
    if own and words.is_metric(own) and not words.is_metric(name):
        return own_named(own, name, label, line.row)
    if not _takes_value(line, index, label):
        line.carried = label.words
        if line.whole[index] and last == "at":
            return Role("suffix", last)
        if index == 0 and (line.swept or (line.whole[index] and not words.is_other(name))):
            return Role("counter", last)
        return None
    if words.is_metric(name) or words.is_metric(head(label.words)) or label.words == ("R0",):
        chosen, named = chosen_as(own, name), phrase(label.words, label.split)
        return Role("metric", f"{chosen}_{named}" if chosen else named)
    if words.is_part(name) and not line.whole[index]:
        return Role("metric", phrase(label.words, None))
    if line.swept and index == 0:
        return Role("counter", last)
    if has_error(line, number) and last not in _MEASURED:
        # A = 2.01 ± 0.02: what is told with its error was estimated.
        return Role("metric", phrase(label.words, label.split))
    # A length with decimals counts nothing: of a route it is what a search makes smaller.
    counts = words.is_other(name) and (last != "length" or line.whole[index])
    if counts or len(label.words) > 4 or any(word in _VERBS for word in label.words):
        return None
    bracketed = line.texts[index].rstrip().endswith(("(", "["))
    if leading and len(label.words) <= 2 and not bracketed:
        # k=3: accuracy 0.95
        return Role("counter", last)
    return Role("metric", phrase(label.words, label.split), sure=False)


def _counted_of(line: Judging, counted: re.Match[str], label: Label, name: str) -> tuple[bool, Role | None]:
    """``10000 test images``: whether there are so many of them, and the role of the number then."""
    last, lower_last = words.normal(label.words[-1]), label.words[-1].lower()
    following = words.normal(counted.group(1)).rstrip("s")
    if following in words.STEPS:
        line.carried = label.words
        line.counted = counted.end()
        if lower_last in ("over", "last", "past"):
            # An average over the last 100 episodes is of no step.
            lower = [word.lower() for word in label.words]
            line.carried = label.words[: lower.index("over")] if "over" in lower else label.words[:-1]
            return True, None
        return True, Role("counter", following)
    if lower_last in STOP or not (words.is_metric(last) or words.is_metric(name)):
        line.carried = label.words
        return True, None
    return False, None


def _takes_value(line: Judging, index: int, label: Label) -> bool:
    """False for ``MSE for k=3: 0.5``, where the number belongs to k and the next one to MSE."""
    lower = [word.lower() for word in label.words]
    if lower[-1] in STOP and words.is_metric(words.normal(" ".join(label.words))):
        following = line.texts[index + 1]
        return not (not line.last(index) and re.search(r"[:=]", following))
    bound = [place for place, word in enumerate(lower) if word in BOUND and place]
    if not bound or line.last(index):
        return True
    following = line.texts[index + 1]
    if line.texts[index].rstrip().endswith((":", "=")) and not line.whole[index]:
        # posterior mean of mu: 2.44  95% interval
        return True
    if WORDY.search(following) or not re.search(r"[:=>\u2192-]|^\s+$", following):
        return True
    return not words.is_metric(words.normal(" ".join(label.words[: bound[-1]])))


def _counts(label: tuple[str, ...]) -> bool:
    """Whether a label that ends in the word of a counter counts: not in ``per epoch``."""
    lower = [words.normal(word) for word in label[:-1]]
    return not any(word in words.OTHERS or word == "per" for word in lower) or "after" in lower


def _ends_as_label(line: Judging, index: int) -> bool:
    """Whether the text after a number is the label of the next one."""
    if line.last(index):
        return False
    label = LABEL_WORD.findall(line.texts[index + 1])
    if len(label) > 2 and label[1] in STOP:
        # After 60 generations with fitness 0.8: the generations were counted.
        return False
    return bool(label) and words.is_metric(words.normal(label[-1])) and len(label) <= 3


def _follows_amount(line: Judging, index: int, name: str, own: str) -> bool:
    """Whether the label begins with what there were so many of, which is no part of it."""
    previous = line.previous if index and line.whole[index - 1] else None
    trains = previous is not None and (previous.kind != "counter" or previous.name in words.STEPS)
    if not index or not line.whole[index - 1] or trains:
        return False
    directly = re.match(r" ?[a-z]{3,} ", line.texts[index]) is not None
    return directly and name.endswith(f"_{own}") and not words.is_part(name[: -len(own) - 1])
