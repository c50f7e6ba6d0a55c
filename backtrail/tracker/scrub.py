"""Takes out of an output what differs from one execution to the next though nothing of the result does.

The rules are data, in a form of regular expressions that Python and JavaScript share.
"""

from __future__ import annotations

import re

RULES: tuple[tuple[str, str], ...] = (
    # Colours and movements of a terminal.
    ("\\x1b\\[[0-9;?]*[A-Za-z]", ""),
    # What a carriage return wrote over.
    ("(?<![^\\n])[^\\n]*\\r(?=[^\\n])", ""),
    ("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<id>"),
    ("\\bT_[0-9a-f]{5}(?=[_ \"'{#]|$)", "<id>"),
    ("0x[0-9a-fA-F]{6,16}\\b", "<address>"),
    (
        "\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +(?:\\d{1,2} +)?"
        "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
        "[a-z]*(?: +\\d{1,2})?[, ]+(?:\\d{2}:\\d{2}:\\d{2}[ A-Z]*)?(?:\\d{4})?",
        "<time>",
    ),
    (
        "\\b\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}"
        "(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?: ?Z|[+-]\\d{2}:?\\d{2})?)?\\b",
        "<time>",
    ),
    ("\\b\\d{1,3}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?\\b(?!%)", "<time>"),
    ("(?<![\\w.<])(?:/(?:[\\w.+@~-]+/)+[\\w.+@~-]*|[A-Za-z]:\\\\[^\\s'\"<>|]+)", "<path>"),
    (
        "(?<![\\w.])\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)? ?"
        "(?:it|iter|step|epoch|batch|sample|example|token|row|img|image|s|ms|us)s?/(?:s|sec|step|it|epoch|batch|sample)\\b",
        "<duration>",
    ),
    (
        "(?<![\\w.])\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)? ?"
        "(?:ns|us|\u00b5s|\u03bcs|ms|s|secs?|seconds?|mins?|minutes?|hrs?|hours?)\\b",
        "<duration>",
    ),
    (
        "\\b((?:[Ee]lapsed|[Tt]ook|[Tt]ime|TIME|[Dd]uration|[Rr]untime|ETA|eta|[Ss]peed)"
        "(?: (?:taken|elapsed|spent|(?:per|to|for) [a-z]+))?(?: ?\\([a-z]{1,8}\\))?"
        "(?: is| was| of)?[ :=~]{1,4})"
        "\\d[\\d.]*(?:e-?\\d+)?(?!\\w)",
        "$1<duration>",
    ),
    ("(?<![\\w.])\\d+(?:\\.\\d+)? ?[KMGTkmgt]i?[Bb]\\+?(?![\\w])", "<size>"),
)
"""Patterns and what takes the place of their matches (``$1`` is a group), in the order they apply in."""

WARNING = (
    "(?<![^\\n])(?:<[^\\n]*:\\d+: \\w*Warning: [^\\n]*(?:\\n|$)"
    "|[^\\n<][^\\n]*:\\d+: \\w*Warning: [^\\n]*(?:\\n|$)"
    "(?:(?:(?! {2}\\S|[^\\n]*:\\d+: \\w*Warning: )[^\\n]*\\n){0,20}? {2}\\S[^\\n]*(?:\\n|$))?)"
)
"""A warning of Python on stderr, with the line of the source below it. Python shows one once for each place
in the code, and a script has others than the cells of a notebook."""

_WARNING = re.compile(WARNING)
_RULES = [(re.compile(pattern), replacement.replace("$1", r"\1")) for pattern, replacement in RULES]


def scrub(text: str) -> str:
    """The text without dates, durations, speeds, addresses, absolute paths and sizes of memory."""
    for rule, replacement in _RULES:
        text = rule.sub(replacement, text)
    return text


def without_warnings(text: str) -> str:
    """What was written to stderr without Python's warnings."""
    return _WARNING.sub("", text) if "Warning: " in text else text
