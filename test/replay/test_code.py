"""A run of code that has moved on since: it is replayed with the code that it had."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from replay_runner import recording

CELLS = [
    "import committed, edited, untracked",
    "loss = committed.A + edited.A + untracked.A",
    "print('loss:', loss)",
]
SETTINGS = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", *SETTINGS, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def notebook(program: Path, tmp_path_factory: pytest.TempPathFactory) -> recording.Recorded:
    """A run in a repository with one module committed, one edited since, and one that git does not know."""
    work = tmp_path_factory.mktemp("code") / "work"
    work.mkdir()
    _git(work, "init", "-q")
    for name in ("committed", "edited"):
        (work / f"{name}.py").write_text("A = 1\n")
    _git(work, "add", ".")
    _git(work, "commit", "-q", "-m", "all")
    (work / "edited.py").write_text("A = 20\n")
    (work / "untracked.py").write_text("A = 300\n")
    recorded = recording.run(work, program, CELLS)
    assert "loss: 321" in recorded.printed
    return recorded


def test_it_is_identical_and_says_which_modules_have_changed(notebook: recording.Recorded) -> None:
    assert (notebook.verify()["verdict"], notebook.verify()["problems"]) == ("identical", [])
    (notebook.folder / "untracked.py").unlink()
    for name in ("committed", "edited"):
        (notebook.folder / f"{name}.py").write_text("A = 5\n")
    _git(notebook.folder, "commit", "-q", "-a", "-m", "later")
    found = notebook.verify()
    assert found["verdict"] == "identical", found["says"]
    assert sorted(problem.rpartition("/")[2] for problem in found["problems"]) == [
        "committed.py has changed since the run: the replay had it as it was then.",
        "edited.py has changed since the run: the replay had it as it was then.",
        "untracked.py is gone since the run: the replay had it as it was then.",
    ]


def test_a_commit_that_is_gone_is_a_sentence(notebook: recording.Recorded) -> None:
    away = notebook.folder / "git-away"
    (notebook.folder / ".git").rename(away)
    try:
        found = notebook.verify()
    finally:
        away.rename(notebook.folder / ".git")
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 2, "loss")
    assert found["cause"]["kind"] == "code changed"
    assert any("is not to be had as it was: The commit" in problem for problem in found["problems"])
