"""The role of one number of a printed line."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """``kind`` is counter, total (of a counter), ratio (divides the metric before), suffix or metric.

    ``sure`` False: only its varying with a counter makes it a metric.
    """

    kind: str
    name: str = ""
    sure: bool = True
