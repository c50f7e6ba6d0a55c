"""What capture finds in notebooks that never heard of Backtrail, held against hand-written keys.

A sample is run, of every family and adapter, and each notebook of it is held against what the last run of the
whole corpus found in it. ``npm run test:adapters -- test/corpus --whole`` runs all, against the thresholds.
Notebooks whose libraries are missing are left out, and the output says which. In the environment of
``npm run test:adapters`` none may be. ``CORPUS_REPORT`` names a file for the whole report.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus_runner import corpus, expected, report
from corpus_runner.sample import SAMPLE

COMPLETE = Path(sys.prefix).name == ".adapters-venv"


class Result(NamedTuple):
    """Of all notebooks that could run: the scores, what failed, and those left out with what they lack."""

    scores: list[Any]
    faults: list[str]
    left_out: dict[str, list[str]]
    whole: bool


@pytest.fixture(scope="module")
def result(pytestconfig: pytest.Config) -> Result:
    # Where the tests of other folders are run too, the option may be unknown.
    whole = bool(pytestconfig.getoption("--whole", False))
    keys = [key for key in corpus.notebooks() if whole or key.name in SAMPLE]
    left_out = {key.name: missing for key in keys if (missing := key.missing())}
    outcomes = list(corpus.run([key for key in keys if key.name not in left_out]))
    scores = [outcome.score for outcome in outcomes if outcome.score]
    if path := os.environ.get("CORPUS_REPORT"):
        Path(path).write_text(report.page(scores, left_out), encoding="utf-8")
    return Result(scores, [outcome.fault for outcome in outcomes if outcome.fault], left_out, whole)


def explained(result: Result, wanted: Callable[[str], bool]) -> str:
    """The misses that matter for an assertion, to be read where it fails."""
    return "\n" + "\n".join(line for line in report.misses(result.scores).splitlines() if wanted(line))


# The first test waits for all notebooks.
@pytest.mark.timeout(1500)
def test_every_notebook_runs_with_capture_as_it_does_without(result: Result) -> None:
    for name, missing in result.left_out.items():
        print(f"{name} was left out: there is no {', '.join(missing)} here.")
    assert not result.faults
    assert not result.whole or len(result.scores) >= 40
    assert not (COMPLETE and result.left_out)


def test_nothing_is_lost_that_the_last_run_of_the_whole_found(result: Result) -> None:
    before = expected.read()
    lost = [line for one in result.scores for line in expected.lost(one, before[one.key.name])]
    assert not lost, "\n" + "\n".join(lost)


def test_nearly_every_notebook_gives_a_metric(result: Result) -> None:
    found = report.figures(result.scores).any_metric
    assert found >= 0.95, explained(result, lambda line: ": metric " in line)


def test_most_notebooks_with_a_series_give_it_whole(result: Result) -> None:
    found = report.figures(result.scores).any_series
    assert found >= 0.85, explained(result, lambda line: ": series " in line or ": metric " in line)


def test_most_params_of_the_keys_are_captured(result: Result) -> None:
    found = report.figures(result.scores).recall
    assert found >= 0.85, explained(result, lambda line: ": param " in line)


def test_most_captured_params_are_in_the_keys(result: Result) -> None:
    found = report.figures(result.scores).precision
    assert found >= 0.85, explained(result, lambda line: ": not a param: " in line)
