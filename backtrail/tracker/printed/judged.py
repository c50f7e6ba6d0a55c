"""What only a whole line tells of its numbers: that they say how good an estimator is, or are of a test."""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from ..names import words

_SPREADS = words.word_set("std sd se stderr var variance mse rmse mae coverage")
_STATISTICS = words.word_set(
    "t w f z u h r d ks q chi2 stat statistic test_statistic tau rho t_stat t_statistic f_stat f_statistic"
    " z_score ks_stat w_stat u_stat"
)
_OF_TEST = re.compile(r"^\W*([A-Za-z][\w .'\u2019-]*?)\s*(?::|\||->|\s[\u2013\u2014-])\s+[\w -]+?\s*[=:]\s*$")
"""The name of a test, before its statistic: ``Shapiro-Wilk: W=0.987``."""


class Role(NamedTuple):
    """``kind`` is counter, total (of a counter), ratio (divides the metric before), suffix or metric.

    ``sure`` False: only its varying with a counter makes it a metric.
    """

    kind: str
    name: str = ""
    sure: bool = True


def judge(found: MutableSequence[Role | None], labels: Sequence[str], before: str) -> None:
    """Finds metrics in a line by all of its labels; ``before`` is the text before the first number."""
    if "bias" in labels and not _SPREADS.isdisjoint(labels):
        # bias -0.02 std 0.41. A bias alone may be that of a layer.
        for index, name in enumerate(labels):
            if name in _SPREADS or name == "bias":
                found[index] = Role("metric", name)
    if "p" in labels and not _STATISTICS.isdisjoint(labels):
        test = _OF_TEST.match(before)
        row = f"/{words.label(test[1])}" if test and not words.is_metric(words.normal(test[1])) else ""
        for index, name in enumerate(labels):
            if name == "p" or name in _STATISTICS:
                found[index] = Role("metric", f"{name}{row}")
