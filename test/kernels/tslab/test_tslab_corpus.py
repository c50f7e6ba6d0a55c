"""Whole notebooks of tslab as people write them, held against keys that were written by hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
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
        assert verdict(tmp_path) == notebook.key["verdict"]


def verdict(folder: Path) -> str:
    program = ROOT / "backtrail" / "cli" / "backtrail.mjs"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")}
    command = [
        shutil.which("node") or "node",
        str(program),
        "verify",
        "latest",
        "--root",
        str(folder),
        "--json",
    ]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        env={**kept, "JUPYTER_DATA_DIR": str(folder / "jupyter-data")},
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    return (
        str(found["verdict"]) if found["verdict"] == "identical" else f"{found['verdict']}: {found['says']}"
    )


def test_there_are_notebooks_of_both_languages_and_none_speaks_of_the_tracker() -> None:
    every = [*NOTEBOOKS, *typescript.notebooks(libraries=True)]
    assert {one.language for one in every} == {"typescript", "javascript"}
    for one in every:
        assert "backtrail" not in one.path.read_text(encoding="utf-8").lower(), one.path.name
        assert one.key["metrics"], one.path.name
