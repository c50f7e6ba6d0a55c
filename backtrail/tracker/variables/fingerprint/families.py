"""Which part of this package knows the values of which library."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module

from . import classes
from .kinds import from_library, library, mro
from .rules import Rule
from .walk import Handler

_FAMILIES = {
    "decimal": "numerals",
    "fractions": "numerals",
    "uuid": "numerals",
    "numpy": "arrays",
    "pandas": "frames",
    "polars": "polars",
    "torch": "tensors",
}


def find(kind: type, bases: tuple[type, ...]) -> tuple[Handler, bool] | None:
    """The handler for values of ``kind``, and whether it may be remembered; None for objects like others.

    Subclasses of a library's types are looked up by their nearest base that the library knows.
    """
    if any(one is type for one in bases):
        return classes.class_, False
    for base in bases:
        family = _FAMILIES.get(library(base))
        if family is not None and library(base) in sys.modules and from_library(base):
            rules: Iterable[Rule] = import_module(f".{family}", __package__).rules()
            for rule in rules:
                if _holds(rule, base, base is kind):
                    return rule.handler, base is kind
    return None


def _holds(rule: Rule, kind: type, exact: bool) -> bool:
    if not exact and not rule.derived:
        return False
    return kind is rule.type or (rule.below and any(one is rule.type for one in mro(kind)))
