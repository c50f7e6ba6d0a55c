"""Tests that failed are run again: those and no others, but for what goes on from them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[1] / "conftest.py"

ALONE = """
import pathlib
def test_fails_once():
    was_there = pathlib.Path('second').exists()
    pathlib.Path('second').touch()
    assert was_there
def test_passes(): pass
"""

TOGETHER = """
import pathlib, pytest
pytestmark = pytest.mark.together
made = []
def test_makes(): made.append(1)
def test_uses(): assert made and pathlib.Path('second').exists()
"""


def run(folder: Path, option: str) -> tuple[int, list[str]]:
    """The exit code of pytest, and the tests that it ran."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", option],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    ran = [line.split()[0] for line in done.stdout.splitlines() if "::" in line and "%]" in line]
    return done.returncode, ran


def test_what_failed_is_noted_and_run_again_with_what_it_goes_on_from(tmp_path: Path) -> None:
    # Without the plugin for servers, which takes long to be loaded.
    conftest = CONFTEST.read_text().replace("pytest_plugins", "_plugins")
    (tmp_path / "conftest.py").write_text(conftest)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = together: go on from each other\n")
    (tmp_path / "test_alone.py").write_text(ALONE)
    (tmp_path / "test_after.py").write_text(TOGETHER)
    code, ran = run(tmp_path, "--note-failed=failed.json")
    assert (code, len(ran)) == (1, 4)
    assert json.loads((tmp_path / "failed.json").read_text()) == [
        "test_after.py::test_uses",
        "test_alone.py::test_fails_once",
    ]
    code, ran = run(tmp_path, "--only-failed=failed.json")
    assert code == 0
    assert ran == [
        "test_after.py::test_makes",
        "test_after.py::test_uses",
        "test_alone.py::test_fails_once",
    ]
