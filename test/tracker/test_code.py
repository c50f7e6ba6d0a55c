"""The state of the code, asked of real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from backtrail.tracker.code import Code
from backtrail.tracker.untracked import Untracked


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "notebooks" / "runs").mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "model.py").write_text("depth = 1\n")
    (folder / "notebooks" / "runs" / "kept").write_text("1")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def code(repository: Path) -> Code:
    return Code(repository / "notebooks", repository / "notebooks" / "runs")


def test_a_clean_repository_has_a_commit_and_no_difference(repository: Path) -> None:
    state, diff = code(repository).state()
    assert state == {
        "commit": git(repository, "rev-parse", "HEAD"),
        "branch": "main",
        "remote": None,
        "dirty": False,
        "root": "..",
        "reason": None,
    }
    assert diff is None


def test_a_change_is_dirty_and_its_difference_restores_it(repository: Path) -> None:
    (repository / "model.py").write_text("depth = 2\n")
    (repository / "data.bin").write_bytes(bytes(range(256)))
    git(repository, "add", "data.bin")
    state, diff = code(repository).state()
    assert state["dirty"] is True
    assert diff is not None
    git(repository, "reset", "-q", "--hard")
    subprocess.run(["git", "apply"], cwd=repository, input=diff, check=True)
    assert (repository / "model.py").read_text() == "depth = 2\n"
    assert (repository / "data.bin").read_bytes() == bytes(range(256))


def test_the_runs_themselves_make_nothing_dirty(repository: Path) -> None:
    (repository / "notebooks" / "runs" / "kept").write_text("2")
    assert code(repository).state()[0]["dirty"] is False


def test_a_detached_head_has_no_branch(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    state, _ = code(repository).state()
    assert (state["branch"], len(state["commit"])) == (None, 40)


def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    state, diff = Code(tmp_path, tmp_path / "runs").state()
    assert (state["commit"], state["branch"], diff) == (None, "main", None)
    assert state["reason"] == "the repository has no commit yet"


def test_no_repository_and_no_git_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    state, _ = Code(tmp_path, tmp_path / "runs").state()
    assert (state["commit"], state["reason"]) == (None, "the notebook's folder is not in a git repository")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Code(tmp_path, tmp_path / "runs").state()[0]["reason"] == "git is not installed"


def test_large_notebooks_are_left_out_of_a_difference_that_is_too_large(repository: Path) -> None:
    (repository / "notebooks" / "big.ipynb").write_text("x\n" * 3_000_000)
    git(repository, "add", ".")
    (repository / "model.py").write_text("depth = 3\n")
    state, diff = code(repository).state()
    assert diff is not None
    assert b"depth = 3" in diff and b"big.ipynb" not in diff
    assert "notebooks are left out" in state["reason"]


def test_no_program_that_the_repository_names_is_started(repository: Path) -> None:
    trap = repository / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {repository}/sprung\n")
    trap.chmod(0o755)
    git(repository, "config", "core.fsmonitor", str(trap))
    git(repository, "config", "diff.external", str(trap))
    (repository / "model.py").write_text("depth = 4\n")
    assert code(repository).state()[0]["dirty"] is True
    assert not (repository / "sprung").exists()


@pytest.mark.parametrize(
    ("url", "recorded"),
    [
        ("https://ada:hunter2hunter2@example.org/ada/digits.git", "https://example.org/ada/digits.git"),
        ("https://example.org/digits.git?token=abc", "https://example.org/digits.git"),
        ("git@example.org:ada/digits.git", "git@example.org:ada/digits.git"),
        ("ssh://git@example.org/ada/digits.git", "ssh://example.org/ada/digits.git"),
    ],
)
def test_the_remote_is_told_without_credentials(repository: Path, url: str, recorded: str) -> None:
    git(repository, "remote", "add", "origin", url)
    assert code(repository).state()[0]["remote"] == recorded


def test_the_remote_is_that_of_the_branch(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://example.org/origin.git")
    git(repository, "remote", "add", "mine", "https://example.org/mine.git")
    git(repository, "config", "branch.main.remote", "mine")
    assert code(repository).state()[0]["remote"] == "https://example.org/mine.git"


def test_untracked_files_are_those_that_git_would_add(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.log\n")
    (repository / "new file.py").write_text("x = 1\n")
    (repository / "out.log").write_text("1")
    (repository / "notebooks" / "runs" / "more").write_text("1")
    found = code(repository).untracked()
    assert {name: path.read_text() for name, path in found.items() if name != ".gitignore"} == {
        "new file.py": "x = 1\n"
    }
    assert ".gitignore" in found


def test_small_code_is_kept_and_the_rest_is_named(tmp_path: Path) -> None:
    for name, size in (("a.py", 10), ("big.py", 300 << 10), ("photo.png", 10), ("b.toml", 5)):
        (tmp_path / name).write_text("#" * size)
    kept: list[bytes] = []

    def keep(data: bytes) -> str:
        kept.append(data)
        return f"{len(data)}"

    untracked = Untracked()
    files = {path.name: path for path in tmp_path.iterdir()}
    expected = {"untracked": {"a.py": "10", "b.toml": "5", "big.py": None, "photo.png": None}}
    assert untracked.fields(files, keep) == expected
    assert untracked.fields(files, keep) == expected
    assert len(kept) == 2, "an unchanged file is read once"
    (tmp_path / "a.py").write_text("#" * 11)
    assert untracked.fields(files, keep)["untracked"]["a.py"] == "11"


def test_of_very_many_untracked_files_the_number_is_said(tmp_path: Path) -> None:
    files = {f"{number:04}.png": tmp_path / "none" for number in range(250)}
    (tmp_path / "model.py").write_text("1")
    found = Untracked().fields({**files, "z/model.py": tmp_path / "model.py"}, lambda data: "kept")
    assert (found["untracked"]["z/model.py"], found["left_out"]) == ("kept", 51)
