"""The code of a run is rebuilt from commit, difference and untracked files; the user's tree stays."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from backtrail.replay.sources import Sources, SourcesError
from backtrail.runlog import layout
from backtrail.tracker.code import Code

SETTINGS = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *SETTINGS, *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def files(folder: Path) -> dict[str, bytes]:
    """What a folder holds, but for git's own and the runs."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", "runs"} & set(path.relative_to(folder).parts)
    }


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository whose tree has changes of every kind, and settings for other looks of differences."""
    root = tmp_path / "project"
    (root / "notebooks").mkdir(parents=True)
    git(root, "init", "-q")
    git(root, "config", "diff.noprefix", "true")
    git(root, "config", "core.hooksPath", str(tmp_path / "hooks"))
    (root / "kept.py").write_text("a = 1\n")
    (root / "edited.py").write_text("".join(f"line_{n} = {n}\n" for n in range(9)))
    (root / "deleted.py").write_text("gone = True\n")
    (root / "image.bin").write_bytes(bytes(range(256)))
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "all")
    (root / "edited.py").write_text("".join(f"line_{n} = {n * n}\n" for n in range(9)))
    (root / "deleted.py").unlink()
    (root / "image.bin").write_bytes(bytes(reversed(range(256))))
    (root / "staged.py").write_text("s = 1\n")
    git(root, "add", "staged.py")
    (root / "notebooks" / "untracked.py").write_text("u = 1")
    return root


def recorded(root: Path) -> tuple[dict[str, Any], str, Path]:
    """What a run's summary has of the code, with the folders it refers to."""
    folder = root / "notebooks"
    code = Code(folder, folder / "runs")
    state, diff = code.state()
    keep = lambda data: layout.store_blob(folder / "runs", data)  # noqa: E731
    untracked = {name: keep(path.read_bytes()) for name, path in code.untracked().items()}
    return {**state, "diff": diff and keep(diff), "untracked": untracked}, str(folder), folder / "runs"


def test_every_file_is_as_it_was_and_the_users_tree_as_it_is(tree: Path, tmp_path: Path) -> None:
    was = files(tree)
    code, folder, runs = recorded(tree)
    git(tree, "reset", "-q", "--hard")
    (tree / "kept.py").write_text("a = 2\n")
    git(tree, "commit", "-q", "-a", "-m", "later")
    now, index, status = files(tree), (tree / ".git" / "index").read_bytes(), git(tree, "status", "--short")
    Sources(code, folder, runs).build(tmp_path / "again")
    assert files(tmp_path / "again") == was
    assert (files(tree), git(tree, "status", "--short")) == (now, status)
    assert (tree / ".git" / "index").read_bytes() == index
    assert git(tree, "worktree", "list").count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "project"]


def test_single_files_are_built_without_the_others(tree: Path, tmp_path: Path) -> None:
    was = files(tree)
    chosen = ["edited.py", "notebooks/untracked.py", "kept.py"]
    Sources(*recorded(tree)).build(tmp_path / "again", chosen)
    assert files(tmp_path / "again") == {name: was[name] for name in sorted(chosen)}


def test_a_commit_that_is_not_there_is_a_sentence(tree: Path, tmp_path: Path) -> None:
    code, folder, runs = recorded(tree)
    with pytest.raises(
        SourcesError, match=r"^The commit 012345678901 is not in .*project: fetch it there\.$"
    ):
        Sources({**code, "commit": "0123456789" * 4}, folder, runs).build(tmp_path / "again")


def test_a_difference_that_was_lost_is_a_sentence(tree: Path, tmp_path: Path) -> None:
    code, folder, runs = recorded(tree)
    layout.blob_path(runs, code["diff"]).unlink()
    with pytest.raises(SourcesError, match=r"^The record has lost the difference from the commit\.$"):
        Sources(code, folder, runs).build(tmp_path / "again")


def test_a_notebook_outside_of_git_is_a_sentence(tmp_path: Path) -> None:
    state, _ = Code(tmp_path, tmp_path / "runs").state()
    with pytest.raises(
        SourcesError, match=r"^The record has no commit: the notebook's folder is not in a git"
    ):
        Sources(state, str(tmp_path), tmp_path / "runs").check()
