"""What differs each time is taken out of an output, and what is a result stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backtrail.tracker.scrub import scrub, without_warnings

CASES = json.loads((Path(__file__).parents[1] / "vectors-capture/scrub.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "scrubbed"), CASES)
def test_an_output_is_rid_of_what_differs_each_time(text: str, scrubbed: str) -> None:
    assert scrub(text) == scrubbed


@pytest.mark.parametrize(("text", "scrubbed"), CASES)
def test_what_was_scrubbed_once_stays_as_it_is(text: str, scrubbed: str) -> None:
    assert scrub(scrubbed) == scrubbed


def test_a_line_of_megabytes_is_scrubbed_as_fast_as_many_lines_are() -> None:
    # Where time grows by the square of its length this takes a quarter of an hour.
    line = "1.5," * 250_000
    assert scrub(line) == line
    assert scrub(f"{line}\r1\n{line}") == f"1\n{line}"


def test_stderr_is_rid_of_warnings_and_of_nothing_else() -> None:
    text = (
        "before\n"
        "/tmp/ipykernel_1/2.py:3: UserWarning: mind\n  warnings.warn('mind')\n"
        "/lib/a.py:12: ConvergenceWarning: did not converge:\nSTOP.\n\nSee:\n    https://x.org\n  n = f(\n"
        "<string>:1: DeprecationWarning: without a source\n"
        "a.py:7: not a Warning\n  indented\nafter\n"
    )
    assert without_warnings(text) == "before\na.py:7: not a Warning\n  indented\nafter\n"
