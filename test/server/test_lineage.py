"""What a run was made of and what was made of it, and whether its code had a commit."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from backtrail.server import lineage


def file_of(name: str) -> dict:
    return {"path": name, "sha256": hashlib.sha256(name.encode()).hexdigest(), "how": "open", "cell": 1}


async def test_the_lineage_of_a_run_goes_both_ways_and_leaves_its_siblings_out(ask, record) -> None:
    session = record()
    prepare, train, sibling, use, other = (session.run() for _ in range(5))
    session.write("output", run=prepare, **file_of("data.csv"))
    session.write("input", run=train, **file_of("data.csv"))
    session.write("input", run=sibling, **file_of("data.csv"))
    session.write("output", run=train, **file_of("model.pkl"))
    session.write("input", run=use, **file_of("model.pkl"))
    session.write("output", run=other, **file_of("data.csv"))

    found = await ask("lineage", run=train)
    assert [run["id"] for run in found["runs"]] == [use, train, prepare]
    assert found["more"] is False


def test_a_lineage_ends_somewhere() -> None:
    empty: dict = {"inputs": [], "outputs": [], "artifacts": [], "datasets": []}
    entries = [{**empty, "id": f"{n:05}", "inputs": [{"sha256": "a"}]} for n in range(1, lineage.MOST + 9)]
    found = lineage.relatives([{**empty, "id": "00000", "outputs": [{"sha256": "a"}]}, *entries], "00000")
    assert (len(found.runs), found.more) == (lineage.MOST, True)


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("lineage", {"run": "20200101-000000000-aaaa"}, 404),
        ("lineage", {}, 400),
        ("ancestry", {"commit": "--all"}, 400),
    ],
)
async def test_what_cannot_be_answered_is_refused_in_a_sentence(jp_fetch, path, params, status) -> None:
    with pytest.raises(Exception) as caught:
        await jp_fetch("backtrail", path, params=params)
    assert caught.value.code == status
    assert " " in json.loads(caught.value.response.body)["message"]


async def test_git_tells_which_commits_contain_one(ask, record, jp_root_dir: Path) -> None:
    def git(*words: str) -> str:
        identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
        return subprocess.check_output(["git", "-C", str(jp_root_dir), *identity, *words], text=True).strip()

    git("init", "-q")
    commits = []
    for message in ("before", "the fix", "after"):
        git("commit", "-q", "--allow-empty", "-m", message)
        commits.append(git("rev-parse", "HEAD"))
    gone = "0123456789" * 4
    for commit in [*commits, gone]:
        session = record()
        run = session.run(lr=0.1)
        session.write("code", run=run, commit=commit, branch="main", dirty=False, root=str(jp_root_dir))

    answer = await ask("ancestry", commit=commits[1][:8])
    before, fix, after = commits
    assert answer == {"commits": {before: False, fix: True, after: True}}
    assert await ask("ancestry", commit="fffffff") == {"commits": {}}
