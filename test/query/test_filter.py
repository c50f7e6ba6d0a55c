"""The filter of Python gives the answers of that of the command line and the panel."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from backtrail.query.errors import FilterError
from backtrail.query.filter import create_filter

VECTORS = Path(__file__).parents[1] / "vectors-filter"
CASES = json.loads((VECTORS / "cases.json").read_text("utf-8"))
EXPECTED = json.loads((VECTORS / "expected.json").read_text("utf-8"))
NOW = datetime.fromisoformat(CASES["now"].replace("Z", "+00:00")).timestamp()


@pytest.mark.parametrize("text", CASES["filters"])
def test_a_filter_lets_the_same_runs_through_as_everywhere(text: str) -> None:
    matches = create_filter(text, CASES["runs"], NOW)
    assert [run["number"] for run in CASES["runs"] if matches(run)] == EXPECTED[text]


@pytest.mark.parametrize("text", CASES["errors"])
def test_what_is_no_filter_is_answered_with_a_sentence_and_a_place(text: str) -> None:
    with pytest.raises(FilterError) as error:
        create_filter(text, CASES["runs"], NOW)
    assert 0 <= error.value.start <= len(text)
