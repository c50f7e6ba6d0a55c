"""Whole notebooks of tslab as people write them, held against keys that were written by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "test" / "corpus"))

from corpus_runner import typescript  # noqa: E402

# As conftest.py has them; pytest imports that file by no name.
Make = Callable[..., Any]

NOTEBOOKS = typescript.notebooks(libraries=False)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: str(one.path.name))
def test_a_notebook_gives_what_a_careful_person_would_put_down(
    notebook: typescript.Notebook, tmp_path: Path, make_kernel: Make
) -> None:
    kernel = make_kernel(tmp_path, notebook.language)
    kernel.attach()
    assert typescript.faults(notebook, kernel) == []
    kernel.stop()
    if notebook.key.get("verdict"):
        assert typescript.verdict(tmp_path) == notebook.key["verdict"]


def test_there_are_notebooks_of_both_languages_and_none_speaks_of_the_tracker() -> None:
    every = [*NOTEBOOKS, *typescript.notebooks(libraries=True)]
    assert {one.language for one in every} == {"typescript", "javascript"}
    for one in every:
        assert "backtrail" not in one.path.read_text(encoding="utf-8").lower(), one.path.name
        assert one.key["metrics"], one.path.name
