"""What the text of a filter says, as values: the forms of ``src/runlog/filter/expression.ts``."""

from __future__ import annotations

from typing import NamedTuple, Union


class Key(NamedTuple):
    """A key: ``metrics."val/auc"`` is the path ``("metrics", "val/auc")``."""

    path: tuple[str, ...]
    start: int


class Value(NamedTuple):
    """A value as it is written.

    ``kind`` is number, text, boolean, duration or ago (seconds), moment (text of a date), day (a word).
    """

    kind: str
    value: float | str | bool
    start: int
    text: str = ""
    """Of a number, as it is written: that is what a pattern means."""


class Both(NamedTuple):
    """``and`` or ``or``."""

    word: str
    left: Expression
    right: Expression


class Negation(NamedTuple):
    """``not``."""

    operand: Expression


class Comparison(NamedTuple):
    """``key = value`` and its like."""

    key: Key
    operator: str
    value: Value


class Membership(NamedTuple):
    """``key in (a, b)``."""

    key: Key
    values: list[Value]


class Presence(NamedTuple):
    """A key by itself."""

    key: Key


class Call(NamedTuple):
    """``changed(params.lr)``."""

    name: str
    arguments: list[Key | Value]
    start: int


Expression = Union["Both", "Negation", "Comparison", "Membership", "Presence", "Call"]
