"""Data frames and series of polars."""

from __future__ import annotations

import sys
from typing import Any

from . import digests
from .arrays import values
from .containers import sequence
from .rules import Rule
from .walk import Walk

_AN_ITEM = 1.5e-7


def rules() -> list[Rule]:
    """The types of polars that are known."""
    polars = sys.modules["polars"]
    return [Rule(polars.DataFrame, _frame), Rule(polars.Series, _series)]


def _frame(walk: Walk, value: Any) -> bytes:
    walk.member(value)
    columns = value.get_columns()
    return digests.node(b"polars frame", [b"%d" % value.height, *(_series(walk, one) for one in columns)])


def _series(walk: Walk, value: Any) -> bytes:
    # Not a member: what polars shares is never written to.
    parts = [value.name.encode(errors="surrogatepass"), str(value.dtype).encode()]
    if value.dtype.is_numeric() and value.null_count() == 0:
        walk.afford(len(value) * 8 / 1.5e9)
        return digests.node(b"polars series", [*parts, values(walk, value.to_numpy())])
    if walk.thin and len(value) > 1000:
        walk.sampled = True
        value = value.gather_every(max(1, len(value) // 512))
    walk.afford(len(value) * _AN_ITEM)
    return digests.node(b"polars series", [*parts, sequence(walk, b"items", value.to_list())])
