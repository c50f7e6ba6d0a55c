"""The words that stand before a number of a printed line, and the name of the metric that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..names import words

WORDY = re.compile(r"[A-Za-z]")
LABEL_WORD = re.compile(r"[A-Za-z\u00b2\u03c1\u03c7](?:[\w.@^/\u00b2-]*[\w\u00b2%])?(?:['\u2019]s\b)?")
STOP = words.word_set(
    """
    the a an on of for in at after with and to from by over than is was our your this that using when
    per so far
    """
)
BOUND = words.word_set("for at after on with in using when of k per")
_SEPARATOR = re.compile(
    r"[|,;\t{}]|\s[-\u2013\u2014]+>?\s|\s*=>\s*|(?<![Aa]dj)(?<![Aa]vg)(?<![Ss]td)(?<![Vv]al)(?<![Aa]cc)\.\s|\.{2,}|\s{3,}|\u2192|(?<!\w)[\d.]+[A-Za-z]+\b"
)
_CALL = re.compile(
    r"(?<![\w.])(?:\w+\.)*(\w+)\((?=[^()]*[,.])[^()]*\)\s*=\s*$|(?<![\w.])(?:\w+\.)+(\w+)\([^()]*\)\s*=\s*$"
)
"""What ``f"{model.score(X, y)=}"`` shows."""
_LITTLE = words.SUMMARIES | words.word_set(
    "set data dataset result results split part error errors rate metric metrics value score scores"
)


class Label(NamedTuple):
    """The words, and the part of the data that their group is of, as in ``Train: loss 0.3``."""

    words: tuple[str, ...]
    split: str | None


def label_of(before: str, group: str | None) -> Label:
    """The words that stand directly before a number, in the text ``before`` it.

    ``group`` is the part of the data that the line spoke of so far; the label has what it speaks of now.
    """
    parts = _SEPARATOR.split(_CALL.sub(r"\1=", before))
    while len(parts) > 1 and not WORDY.search(parts[-1]):
        parts.pop()
    text = parts[-1].rstrip()
    chain = [piece for piece in re.split(r"[:=]+\s*", text) if WORDY.search(piece)]
    for piece in [*parts[:-1], *chain[:-1]]:
        found = [words.normal(word) for word in LABEL_WORD.findall(piece)]
        part = next((word for word in found if word in words.SPLITS), None)
        if part and len(found) <= 3:
            group = part
    label = LABEL_WORD.findall(chain[-1] if chain else text)
    while label and label[-1].lower() in ("is", "was", "of", "to", "the", "equals", "has", "reached"):
        label.pop()
    while label[1:] and label[0].lower() in ("the", "a", "an", "our", "this", "and", "with", "its"):
        label.pop(0)
    if len(label) == 1 and label[0] in ("the", "a", "an", "and", "with"):
        label = []
    return Label(tuple(label), group)


def phrase(label: tuple[str, ...], group: str | None, carried: bool = False) -> str:
    """The name of a metric in the words of its label; of a whole sentence, the words that matter."""
    kept = list(label)
    lower = [word.lower() for word in kept]
    if "with" in lower[1:-1]:
        # holt-winters with RMSE
        place = lower.index("with", 1)
        of, tail = (words.normal(" ".join(part)) for part in (kept[:place], kept[place + 1 :]))
        if words.is_metric(tail) and not words.is_metric(of):
            kept = kept[place + 1 :]
    while len(kept) > 1 and (kept[-1].lower() in STOP or (carried and kept[-2].lower() in BOUND)):
        kept.pop()
    normals = [words.normal(word) for word in kept]
    speaks_of = head(tuple(kept))
    if len(kept) > 6 and words.is_metric(speaks_of) and speaks_of.count("_") < 5:
        part = next((one for one in normals if one in words.SPLITS), None)
        return f"{part}_{speaks_of}" if part and words.split_of(speaks_of) is None else speaks_of
    if len(kept) > 6:
        matter = [one for one in normals if words.is_metric(one) or one in words.SUMMARIES]
        part = next((one for one in normals if one in words.SPLITS), None)
        normals = ([part] if part else []) + (matter or normals[-2:])
    name = "_".join(one for one in normals if one)
    if group is not None and words.split_of(name) is None:
        name = f"{words.normal(group)}_{name}"
    return name


def pair(label: tuple[str, ...]) -> tuple[str, str]:
    """The two names in a label for two numbers: ``RMSE train/test``, ``val loss/acc``; empty for others."""
    for place, word in enumerate(label):
        sides = word.split("/")
        if len(sides) != 2:
            continue
        rest = [*label[:place], *label[place + 1 :]]
        name, sides = words.normal("_".join(rest)), [words.normal(side) for side in sides]
        if words.is_metric(name) and words.SPLITS.keys() >= set(sides):
            return f"{sides[0]}_{name}", f"{sides[1]}_{name}"
        if all(map(words.is_metric, sides)):
            one, other = (words.normal("_".join([*rest, side])) for side in sides)
            return one, other
    return "", ""


def head(label: tuple[str, ...]) -> str:
    """What a label speaks of: accuracy, in accuracy of the model."""
    end = next((place for place, word in enumerate(label) if word.lower() in STOP and place), len(label))
    return words.normal(" ".join(label[:end]))


def says_little(label: Iterable[str]) -> bool:
    """Whether words name no one: set, data, results."""
    return all(words.normal(one) in _LITTLE for one in label)
