"""Notebooks of libraries that only the environment of the adapters has, and all notebooks that have seeds
without them: their scripts come to the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from replay_runner import corpus, notebooks

CASES = corpus.cases(notebooks.HEAVY) + [case for case in corpus.cases(notebooks.CORPUS) if not case.seeded]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_notebook_is_the_same_when_its_slice_is_replayed(
    case: corpus.Case, program: Path, tmp_path: Path
) -> None:
    outcome = corpus.verified(case, tmp_path / "work", program)
    assert outcome.found["verdict"] == "identical", outcome.found["says"]
    assert outcome.found["compared"]["points"] > 0
    assert outcome.idle.isdisjoint(outcome.kept), outcome.found["slice"]
