"""What the numbers of a printed line are, judged by all of them together."""

from __future__ import annotations

import re

from ..names import words
from .judging import Judging
from .role import Role
from .rows import row_of

_SPREADS = words.word_set("std sd se stderr var variance mse rmse mae coverage")
_STATISTICS = words.word_set(
    "t w f z u h r d ks q chi2 stat statistic test_statistic tau rho t_stat t_statistic f_stat f_statistic"
    " z_score ks_stat w_stat u_stat"
)
_OF_TEST = re.compile(r"^\W*([A-Za-z][\w .'\u2019-]*?)\s*(?::|\||->|\s[\u2013\u2014-])\s+[\w -]+?\s*[=:]\s*$")
"""The name of a test, before its statistic: ``Shapiro-Wilk: W=0.987``."""


def judge_together(line: Judging) -> None:
    """Corrects the roles of the numbers of a line by what the others are."""
    _inherit(line)
    _judge_estimators(line)
    _judge_tests(line)
    _belong(line)


def _judge_estimators(line: Judging) -> None:
    """``bias -0.02 std 0.41`` tells how good an estimator is; a bias alone may be that of a layer."""
    if "bias" in line.labels and not _SPREADS.isdisjoint(line.labels):
        for index, name in enumerate(line.labels):
            if name in _SPREADS or name == "bias":
                line.found[index] = Role("metric", name)


def _judge_tests(line: Judging) -> None:
    """``Shapiro-Wilk: W=0.987, p=0.31``: a statistic beside its p is that of a test."""
    if "p" in line.labels and not _STATISTICS.isdisjoint(line.labels):
        test = _OF_TEST.match(line.texts[0])
        row = f"/{words.label(test[1])}" if test and not words.is_metric(words.normal(test[1])) else ""
        for index, name in enumerate(line.labels):
            if name == "p" or name in _STATISTICS:
                line.found[index] = Role("metric", f"{name}{row}")


def _inherit(line: Judging) -> None:
    """``train loss 0.6 acc 0.7``: both are of the training data, if the line speaks of no other."""
    named = [role for role in line.found if role is not None and role.kind == "metric" and role.sure]
    parts = {words.split_of(role.name) for role in named}
    if len(parts) != 2 or None not in parts or words.split_of(named[0].name) is None:
        return
    written = words.normal(named[0].name).split("_")[0]
    if written not in words.SPLITS:
        return
    for index, role in enumerate(line.found):
        if role is not None and role.kind == "metric" and words.split_of(role.name) is None and role.sure:
            line.found[index] = role._replace(name=f"{written}_{role.name}")


def _belong(line: Judging) -> None:
    """``Ridge: MSE 3.2, R2 0.9``: both are of what stands before them, where nothing is counted."""
    named = [role for role in line.found if role is not None and role.kind == "metric" and role.sure]
    if len(named) < 2 or any(role is not None and role.kind != "metric" for role in line.found):
        return
    told = row_of(line.texts[0]) if line.found[0] is named[0] else None
    if told is not None:
        row, first = told
        line.found[0] = named[0]._replace(name=first)
        for index, role in enumerate(line.found):
            if role is not None and role.sure:
                line.found[index] = role._replace(name=f"{role.name}/{row}")
