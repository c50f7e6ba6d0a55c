"""Notebooks of many kinds: their scripts run, and come to what the notebooks came to."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from replay_runner import corpus, notebooks

BLIND = frozenset({"evaluated", "pickles", "pools", "queues", "tasks"})
"""Notebooks with a cell that may read anything, so that everything is kept, or with threads and tasks that go
on between the cells."""

SEEDLESS = frozenset({"churn", "edited_cells", "tasks"})
"""A sample of the notebooks that are run without their seeds too; all are in `test/replay/heavy`."""

CASES = [case for case in corpus.cases(notebooks.CORPUS) if case.seeded or case.path.stem in SEEDLESS]

Outcomes = dict[corpus.Case, "Future[corpus.Outcome]"]


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcomes]:
    """What comes of the chosen notebooks, two of which run at a time."""
    items: list[Any] = [item for item in request.session.items if item.path == request.path]
    chosen = dict.fromkeys(item.callspec.params["case"] for item in items)
    with ThreadPoolExecutor(2) as pool:
        yield {
            case: pool.submit(corpus.verified, case, tmp_path_factory.mktemp("work") / "work", program)
            for case in chosen
        }
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(", ", "-").replace(" ", "-"))
def test_a_notebook_is_the_same_when_its_slice_is_replayed(case: corpus.Case, outcomes: Outcomes) -> None:
    outcome = outcomes[case].result()
    found = outcome.found
    assert found["verdict"] == "identical", found["says"]
    assert found["compared"]["cells"] == len(outcome.kept)
    assert found["compared"]["points"] > 0
    if case.name not in BLIND:
        assert outcome.idle.isdisjoint(outcome.kept), found["slice"]
