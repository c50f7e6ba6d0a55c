"""Notebooks of many kinds: their scripts run, and come to what the notebooks came to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.py"))

NOT_IDENTICAL = {"plotting": ("nondeterministic", 5, "curve.svg")}
"""What cannot be the same each time, with the cell, and the file or variable, that shows it first."""

_shares: dict[str, float] = {}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_notebook_is_the_same_when_its_slice_is_replayed(path: Path, record: Callable[..., Any]) -> None:
    cells = _cells(path.read_text())
    notebook = record(cells)
    found = notebook.verify()
    kept = notebook.slice()["kept"]
    _shares[path.stem] = len(kept) / len(cells)
    if path.stem in NOT_IDENTICAL:
        verdict, cell, name = NOT_IDENTICAL[path.stem]
        assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == (verdict, cell, name)
        assert found["cause"]["says"]
        return
    assert found["verdict"] == "identical", found["says"]
    assert found["compared"]["cells"] == len(kept)
    assert found["compared"]["points"] > 0


@pytest.mark.parametrize(
    "path",
    [path for path in CORPUS if "seed(" in path.read_text() or "rng(3)" in path.read_text()],
    ids=lambda path: path.stem,
)
def test_without_its_seeds_a_notebook_is_the_same_too(path: Path, record: Callable[..., Any]) -> None:
    text = re.sub(r"^.*\bseed\(\d+\)\n", "", path.read_text(), flags=re.MULTILINE)
    found = record(_cells(text.replace("default_rng(3)", "default_rng()"))).verify()
    assert found["verdict"] == "identical", found["says"]


def test_slices_leave_out_what_is_of_no_use() -> None:
    if len(_shares) < len(CORPUS):
        pytest.fail("The slices of the corpus are made by the tests above: run them together.")
    assert median(_shares.values()) < 0.75, _shares


def _cells(text: str) -> list[str]:
    return [cell.rstrip("\n") for cell in re.split(r"^# %%.*\n", text, flags=re.MULTILINE) if cell.strip()]
