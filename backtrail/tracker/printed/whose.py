"""Whose the numbers of a line are: the name of one of several models, as the code prints it before them."""

from __future__ import annotations

import ast
import re

from ..names import words
from .labels import STOP

PART = "-"
"""Stands for the name of a number that is part of a name: ``eps-greedy 0.1``."""
_LONGEST = 60
_MOST_WORDS = 4
_WORD = re.compile(r"[A-Za-z]+")
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"([A-Za-z]+)\W*\d+(?!\d*\.\d)")
"""A word with a whole number: none of ``eps=0.1``."""
_OTHERS = words.word_set(
    "time now timestamp elapsed eta date today device path file filename msg message text line prefix info"
    " status note comment header sep title metric key"
)
"""Names of what is printed for other reasons."""
_GENERAL = words.SUMMARIES | words.word_set(
    "model models result results for of training classifier regressor with evaluating evaluation method"
    " running fitting fit using performance on algorithm optimizer report score scores metric metrics testing"
    " the and summary classification regression output data set experiment config agent strategy"
)
"""Words of a heading that name no one."""
_DECORATED = re.compile(r"^\W*[-=*#~_>+]{2,}|[-=*#~_+]{2,}\W*$|^#+ |:\s*$")


def row_of_text(text: str) -> str:
    """The name of a row in a text that an expression was printed as; "" where it is none.

    With numbers in it only a short one is: ``eps-greedy 0.1``, but not ``epoch 3`` or ``loss 0.2``.
    """
    text = text.strip()
    if not text or not text[0].isalpha() or len(text) > _LONGEST:
        return ""
    if _DIGIT.search(text):
        found = [words.normal(word) for word in _WORD.findall(text)]
        if (
            any(_counts(word) for word in _NUMBERED.findall(text))
            or len(found) > _MOST_WORDS
            or any(words.is_metric(word) for word in found)
        ):
            return ""
    return words.label(text)


def _counts(word: str) -> bool:
    plain = words.normal(word)
    return plain in words.STEPS or plain.rstrip("s") in words.STEPS or plain in words.TIMES


def leads(text: str) -> str:
    """The name of a row in a text that leads a line, whatever else the line says of it."""
    found = [words.normal(word) for word in _WORD.findall(text)]
    if len(found) > _MOST_WORDS or any(word in words.SPLITS or word in STOP for word in found):
        return ""
    ends = [] if re.search(r"\d\W*$", text) else found[-1:]
    if any(_counts(word) for word in [*ends, *_NUMBERED.findall(text)]):
        return ""
    return "" if words.is_metric(words.normal(text)) else row_of_text(text)


def title(text: str) -> str:
    """The name of a row in a line that is a heading: ``---- Ridge ----``, ``Random Forest:``."""
    if not _DECORATED.search(text):
        return ""
    row = leads(re.sub(r"^\W+|[^\w)]+$", "", text))
    return "" if all(words.normal(word) in _GENERAL for word in _WORD.findall(text)) else row


def after_name(text: str, name: str) -> str:
    """A text without the name of a row that it begins with."""
    for word in re.finditer(r"\S+", text[:_LONGEST]):
        if words.label(text[: word.end()]) == name:
            return text[word.end() :]
    return text


def is_general(text: str) -> bool:
    """Whether the words of a heading around a name say nothing themselves: ``Results for``."""
    return all(words.normal(word) in _GENERAL for word in _WORD.findall(text))


def is_name(node: ast.expr) -> bool:
    """Whether an expression is one by which a notebook calls a model: ``name``, ``type(model).__name__``."""
    if isinstance(node, ast.FormattedValue):
        return is_name(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        shown = node.func.attr in (
            "upper",
            "lower",
            "title",
            "capitalize",
            "ljust",
            "rjust",
            "center",
            "format",
        )
        return shown and is_name(node.func.value)
    if isinstance(node, ast.Attribute):
        return node.attr == "__name__" or not _OTHERS & set(words.normal(node.attr).split("_"))
    return isinstance(node, ast.Name) and not _OTHERS & set(words.normal(node.id).split("_"))
