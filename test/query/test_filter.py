"""The filter of Python gives the answers of that of the command line and the panel."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backtrail.query.decide import create_decision
from backtrail.query.errors import FilterError
from backtrail.query.filter import create_filter

VECTORS = Path(__file__).parents[1] / "vectors-filter"
CASES = json.loads((VECTORS / "cases.json").read_text("utf-8"))
EXPECTED = json.loads((VECTORS / "expected.json").read_text("utf-8"))
DECISIONS = json.loads((VECTORS / "decisions.json").read_text("utf-8"))
NOW = datetime.fromisoformat(CASES["now"].replace("Z", "+00:00")).timestamp()


@pytest.mark.parametrize("text", CASES["filters"])
def test_a_filter_lets_the_same_runs_through_as_everywhere(text: str) -> None:
    matches = create_filter(text, CASES["runs"], NOW)
    assert [run["number"] for run in CASES["runs"] if matches(run)] == EXPECTED[text]


@pytest.mark.parametrize("text", CASES["decisions"])
def test_what_git_cannot_tell_decides_as_everywhere(text: str) -> None:
    runs = CASES["runs"]

    def ancestry(commit: str, _: object) -> Callable[[dict[str, Any]], bool | None]:
        known = CASES["commits"][commit]
        return lambda run: known.get((run["code"] or {}).get("commit"))

    decide = create_decision(text, runs, ancestry, NOW)
    answers = {run["number"]: decide(run) for run in runs}
    assert {
        "through": [number for number, answer in answers.items() if answer],
        "undecided": [number for number, answer in answers.items() if answer is None],
    } == DECISIONS[text]


@pytest.mark.parametrize("text", CASES["errors"])
def test_what_is_no_filter_is_answered_with_a_sentence_and_a_place(text: str) -> None:
    with pytest.raises(FilterError) as error:
        create_filter(text, CASES["runs"], NOW)
    assert 0 <= error.value.start <= len(text)
