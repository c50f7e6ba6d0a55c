"""Notebooks of many kinds: their scripts run, and come to what the notebooks came to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.py"))

NOT_IDENTICAL = {"plotting": ("nondeterministic", "curve.svg")}
"""What cannot be the same each time, and the file or variable that shows it first."""

BLIND = frozenset({"evaluated"})
"""Notebooks with a cell that may read anything, so that everything is kept."""

IDLE = (
    "idle_{n} = [k * 2 for k in range(9)]",
    "import random as idle_random\nidle_{n} = idle_random.random()",
    "sorted([{n}, 1])",
    "idle_text = 'a' * {n}\nidle_text.upper()",
)
"""Cells that no result depends on; one of them moves a stream of random numbers on."""


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_notebook_is_the_same_when_its_slice_is_replayed(path: Path, record: Callable[..., Any]) -> None:
    cells = _cells(path.read_text())
    notebook = record(cells if _numbered(cells) else _with_idle(cells))
    found = notebook.verify()
    kept = [one["n"] for one in found["slice"]["kept"]]
    if path.stem in NOT_IDENTICAL:
        verdict, name = NOT_IDENTICAL[path.stem]
        assert (found["verdict"], found["first"]["name"]) == (verdict, name)
        assert found["cause"]["says"]
    else:
        assert found["verdict"] == "identical", found["says"]
        assert found["compared"]["cells"] == len(kept)
        assert found["compared"]["points"] > 0
    if not _numbered(cells) and path.stem not in BLIND:
        starts = [event for event in notebook.events("cell_start") if event["parent"] is None]
        idle = {event["n"] for event in starts[1::2]}
        assert idle.isdisjoint(kept), found["slice"]


@pytest.mark.parametrize(
    "path",
    [path for path in CORPUS if "seed(" in path.read_text() or "rng(3)" in path.read_text()],
    ids=lambda path: path.stem,
)
def test_without_its_seeds_a_notebook_is_the_same_too(path: Path, record: Callable[..., Any]) -> None:
    text = re.sub(r"^.*\bseed\(\d+\)\n", "", path.read_text(), flags=re.MULTILINE)
    found = record(_cells(text.replace("default_rng(3)", "default_rng()"))).verify()
    assert found["verdict"] == "identical", found["says"]


def _with_idle(cells: list[str]) -> list[str]:
    """The cells with one behind each that nothing depends on."""
    return [one for n, cell in enumerate(cells) for one in (cell, IDLE[n % len(IDLE)].format(n=n))]


def _numbered(cells: list[str]) -> bool:
    """Whether cells name results by their numbers."""
    return any(re.search(r"\b_\d", cell) for cell in cells)


def _cells(text: str) -> list[str]:
    return [cell.rstrip("\n") for cell in re.split(r"^# %%.*\n", text, flags=re.MULTILINE) if cell.strip()]
