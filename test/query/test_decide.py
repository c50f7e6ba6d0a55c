"""Filters that ask git: what it knows decides, and what it does not know is counted, never guessed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from backtrail.query.decide import create_decision
from backtrail.query.errors import FilterError


@pytest.fixture
def clone(tmp_path: Path) -> tuple[Path, list[str]]:
    """A repository of two commits, the older first."""
    found = []
    for message in ("first", "fix"):
        _git(tmp_path, "init", "--quiet")
        _git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", message)
        found.append(_git(tmp_path, "rev-parse", "HEAD"))
    return tmp_path, found


def _git(root: Path, *words: str) -> str:
    own = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.check_output(["git", "-C", root, *own, *words], text=True).strip()


def run(root: Path, commit: str, name: str = "") -> dict[str, Any]:
    code = {"commit": commit, "root": str(root)}
    return {"id": f"{name}{commit}", "name": name, "code": code, "notebook": {"path": str(root / "n.ipynb")}}


def test_git_says_which_runs_had_a_commit(clone: tuple[Path, list[str]]) -> None:
    root, (first, fix) = clone
    runs = [run(root, first), run(root, fix)]
    decide = create_decision(f'contains_commit("{fix[:8]}")', runs)
    assert [decide(one) for one in runs] == [False, True]
    decide = create_decision(f'not contains_commit("{fix}")', runs)
    assert [decide(one) for one in runs] == [True, False]


def test_what_git_cannot_tell_is_undecided_unless_it_does_not_matter(clone: tuple[Path, list[str]]) -> None:
    root, (_, fix) = clone
    elsewhere = "b" * 40
    runs = [run(root, elsewhere, "a"), run(root, elsewhere, "b")]
    for text in (f'contains_commit("{fix}")', f'not contains_commit("{fix}")'):
        decide = create_decision(text, runs)
        assert [decide(one) for one in runs] == [None, None]
    decide = create_decision(f'name = a and contains_commit("{fix}")', runs)
    assert [decide(one) for one in runs] == [None, False]
    decide = create_decision(f'name = a or contains_commit("{fix}")', runs)
    assert [decide(one) for one in runs] == [True, None]
    # A commit that is not in this clone.
    decide = create_decision("contains_commit(cccccccc)", [run(root, fix)])
    assert decide(run(root, fix)) is None


def test_what_is_no_commit_is_said(clone: tuple[Path, list[str]]) -> None:
    for text in ("contains_commit()", 'contains_commit("--all")'):
        with pytest.raises(FilterError, match="contains_commit takes a commit"):
            create_decision(text, [])
