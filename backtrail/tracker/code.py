"""The state of the code when a run begins: commit, branch, remote, and what differs from the commit."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

_LARGEST_DIFF = 4 << 20
_PATIENCE = 20.0
_SAME_FOR = 2.0
_CREDENTIALS = re.compile(r"^([a-z][a-z0-9+.-]*://)[^/@]*@", re.IGNORECASE)


class Code:
    """Asks git about the folder of a notebook, whose runs are left out of the difference."""

    def __init__(self, folder: Path, runs: Path) -> None:
        self._folder = folder
        self._runs = runs
        self._known: tuple[dict[str, Any], bytes | None] | None = None
        self._asked = 0.0
        self._untracked: dict[str, Path] = {}

    def state(self) -> tuple[dict[str, Any], bytes | None]:
        """The fields of a ``code`` event without the diff, and the diff. May take seconds. Never raises.

        An answer counts for two seconds, so that a loop over many runs does not start git for each.
        """
        if self._known is None or time.monotonic() - self._asked > _SAME_FOR:
            self._asked = time.monotonic()
            self._known = self._ask()
        return self._known

    def untracked(self) -> dict[str, Path]:
        """The files that git neither tracks nor ignores: from the path, as git shows it, to the file.

        Asked together with the rest; empty where there is no repository. Never raises.
        """
        self.state()
        return self._untracked

    def _ask(self) -> tuple[dict[str, Any], bytes | None]:
        self._untracked = {}
        try:
            root = self._git("rev-parse", "--show-toplevel").decode(errors="replace").strip()
        except FileNotFoundError:
            return _unknown("git is not installed"), None
        except (subprocess.SubprocessError, OSError) as error:
            return _unknown(_reason(error)), None
        try:
            return self._ask_about(root)
        except (subprocess.SubprocessError, OSError) as error:
            return _unknown(_reason(error)), None

    def _ask_about(self, root: str) -> tuple[dict[str, Any], bytes | None]:
        branch = self._git_or_none("symbolic-ref", "--short", "-q", "HEAD")
        commit = self._git_or_none("rev-parse", "--verify", "-q", "HEAD")
        state: dict[str, Any] = {
            "commit": commit,
            "branch": branch,
            "remote": self._remote(branch),
            "dirty": None,
            "root": self._relative(root),
            "reason": None,
        }
        self._untracked = self._list_untracked(root)
        if commit is None:
            return {**state, "reason": "the repository has no commit yet"}, None
        everything = ["--", ":/", *self._without_runs(root)]
        changed = self._git("diff", "--name-only", "-z", "--no-ext-diff", "HEAD", *everything)
        state["dirty"] = bool(changed)
        if not changed:
            return state, None
        # So that it can be applied, whatever the user's settings say of how differences are to look.
        plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/")
        options = ("diff", *plain, "--binary", "HEAD")
        diff = self._git(*options, *everything)
        if len(diff) > _LARGEST_DIFF:
            # Outputs make notebooks large, and what was executed stands in the log anyway.
            diff = self._git(*options, *everything, ":(exclude,top,glob)**/*.ipynb")
            state["reason"] = "notebooks are left out of the difference, which is larger than 4 MiB"
        if len(diff) > _LARGEST_DIFF:
            state["reason"] = "the difference from the commit is larger than 4 MiB and was not kept"
            return state, None
        return state, diff or None

    def _remote(self, branch: str | None) -> str | None:
        """Where the branch, or else the repository, comes from, without credentials."""
        name = branch and self._git_or_none("config", "--get", f"branch.{branch}.remote")
        if not name or name == ".":
            names = (self._git_or_none("remote") or "").split()
            name = "origin" if "origin" in names else next(iter(names), None)
        url = self._git_or_none("config", "--get", f"remote.{name}.url") if name else None
        return _CREDENTIALS.sub(r"\1", url.partition("?")[0].partition("#")[0]) if url else None

    def _list_untracked(self, root: str) -> dict[str, Path]:
        listed = self._git(
            "ls-files",
            "--others",
            "--exclude-standard",
            "-z",
            "--full-name",
            "--",
            ":/",
            *self._without_runs(root),
        )
        names = [os.fsdecode(name) for name in listed.split(b"\0") if name]
        return {name.encode(errors="replace").decode(): Path(root, name) for name in names}

    def _without_runs(self, root: str) -> list[str]:
        inside = os.path.relpath(os.path.realpath(self._runs), os.path.realpath(root))
        if inside.startswith("..") or inside == "." or os.path.isabs(inside):
            return []
        return [f":(exclude,top,literal){Path(inside).as_posix()}"]

    def _relative(self, root: str) -> str:
        try:
            return Path(os.path.relpath(os.path.realpath(root), os.path.realpath(self._folder))).as_posix()
        except ValueError:
            return Path(root).as_posix()

    def _git_or_none(self, *words: str) -> str | None:
        try:
            return self._git(*words).decode(errors="replace").strip() or None
        except subprocess.CalledProcessError:
            return None

    def _git(self, *words: str) -> bytes:
        # No lock on the user's index, no question at a terminal, no program of the repository's choosing.
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        done = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", "-C", str(self._folder), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            timeout=_PATIENCE,
            check=True,
        )
        return done.stdout


def _unknown(reason: str) -> dict[str, Any]:
    return {"commit": None, "branch": None, "remote": None, "dirty": None, "root": None, "reason": reason}


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return "git did not answer in time"
    if isinstance(error, subprocess.CalledProcessError):
        words = (error.stderr or b"").decode(errors="replace")
        if "not a git repository" in words:
            return "the notebook's folder is not in a git repository"
        return words.strip().splitlines()[0] if words.strip() else "git failed"
    return f"git could not be asked: {getattr(error, 'strerror', None) or type(error).__name__}"
