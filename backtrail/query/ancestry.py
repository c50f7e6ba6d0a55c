"""Whether the code of a run had a commit, by git's graph: the same rules as ``src/cli/ancestry.ts``."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from typing import Any, Optional

Run = dict[str, Any]
Answer = Optional[bool]

_COMMIT = re.compile(r"[\w./@^~][\w./@^~-]*\Z")
_HASH = re.compile(r"[0-9a-f]{7,64}\Z")
# Nothing is fetched: a partial clone is asked for what it has.
_ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
_SECONDS = 60


def is_commit(text: str) -> bool:
    """Whether a text may name a commit, and is no option of git."""
    return _COMMIT.match(text) is not None


def clones(runs: Iterable[Run]) -> dict[str, set[str]]:
    """The commits of runs, by the folder whose clone can be asked about them.

    A run whose folders are gone is looked for in the current one.
    """
    found: dict[str, set[str]] = {}
    for run in runs:
        commit = (run.get("code") or {}).get("commit")
        if isinstance(commit, str):
            found.setdefault(clone_of(run), set()).add(commit)
    return found


def clone_of(run: Run) -> str:
    """The folder in whose clone a run's commit is looked up."""
    path = (run.get("notebook") or {}).get("path")
    for folder in ((run.get("code") or {}).get("root"), os.path.dirname(path) if path else None):
        if isinstance(folder, str) and os.path.isdir(folder):
            return folder
    return os.getcwd()


def contained(root: str, commit: str, commits: Iterable[str]) -> dict[str, bool]:
    """For commits of one clone, whether they are the given one or come after it.

    Those of which git cannot tell are left out: they are not in this clone, the given one is not, there is no
    git, or no clone. Blocks.
    """
    base = _known(root, [commit]).get(commit)
    if base is None:
        return {}
    there = _known(root, [one for one in commits if _HASH.match(one)])
    # Those on the way from the one commit to any of the others: git walks its graph once for all of them.
    lines = _git(
        root, ["rev-list", "--ancestry-path", "--stdin"], [f"^{base}", *dict.fromkeys(there.values())]
    )
    if lines is None:
        return {}
    after = {base, *lines}
    return {one: full in after for one, full in there.items()}


def _known(root: str, commits: list[str]) -> dict[str, str]:
    """The full names of those commits that a clone has."""
    lines = _git(root, ["cat-file", "--batch-check"], [f"{one}^{{commit}}" for one in commits]) or []
    answers = (line.split(" ") for line in lines)
    return {one: words[0] for one, words in zip(commits, answers) if words[1:2] == ["commit"]}


def _git(root: str, words: list[str], lines: list[str]) -> list[str] | None:
    """The lines that git answers; None where there is no git, or no repository."""
    try:
        done = subprocess.run(
            ["git", "-C", root, *words],
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **_ENVIRONMENT},
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout.splitlines() if done.returncode == 0 else None
