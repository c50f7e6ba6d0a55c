"""The code of a run as it was when the run began: its commit, what differed from that, and what git did not
track. It is built in a folder of its own; the user's tree, index and branches stay as they are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from ..runlog import layout

_PATIENCE = 120.0


class SourcesError(Exception):
    """They cannot be had. Its message is a sentence."""


class Sources:
    """The code that ``code``, the field of a run's summary, tells of.

    ``folder`` is that of the notebook, to which the root of the repository is relative, and ``runs`` the
    folder of runs whose blobs hold what the commit lacks.
    """

    def __init__(self, code: Mapping[str, Any], folder: str, runs: Path) -> None:
        self._code = code
        self._runs = runs
        self.root = os.path.normpath(os.path.join(folder, code.get("root") or "."))

    def check(self) -> None:
        """Whether the commit is there.

        Raises:
            SourcesError: it is not, or there is none.
        """
        commit = self._code.get("commit")
        if not commit:
            raise SourcesError(f"The record has no commit: {self._code.get('reason') or 'there was none'}.")
        if not os.path.isdir(self.root):
            raise SourcesError(f"The repository {self.root} is gone.")
        try:
            self._git("cat-file", "-e", f"{commit}^{{commit}}")
        except SourcesError:
            raise SourcesError(f"The commit {commit[:12]} is not in {self.root}: fetch it there.") from None

    def build(self, into: Path, paths: Sequence[str] = ()) -> None:
        """Writes them below ``into``, which must not exist: all, or those at ``paths`` from the root.

        Raises:
            SourcesError: they cannot be had.
            OSError: they cannot be written.
        """
        self.check()
        into.mkdir(parents=True)
        index = {"GIT_INDEX_FILE": str(into.with_name(f"{into.name}.index"))}
        try:
            self._git("read-tree", self._code["commit"], more=index)
            known = set(self._git("ls-files", "-z", more=index).decode(errors="replace").split("\0"))
            chosen = [path for path in paths if path in known] if paths else []
            if chosen or not paths:
                words = ["--", *chosen] if paths else ["--all"]
                self._git("checkout-index", "--quiet", "--force", f"--prefix={into}/", *words, more=index)
        finally:
            Path(index["GIT_INDEX_FILE"]).unlink(missing_ok=True)
        self._differ(into, paths)
        for path, sha256 in (self._code.get("untracked") or {}).items():
            if sha256 and (not paths or path in paths) and ".." not in PurePosixPath(path).parts:
                target = into / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self._blob(sha256, path))

    def _differ(self, into: Path, paths: Sequence[str]) -> None:
        digest = self._code.get("diff")
        if not digest:
            if self._code.get("dirty"):
                raise SourcesError(f"What differed from the commit was not kept: {self._code.get('reason')}.")
            return
        only = [f"--include={path}" for path in paths]
        apply = ["git", "apply", "--whitespace=nowarn", *only, "-"]
        done = subprocess.run(
            apply,
            cwd=into,
            input=self._blob(digest, "the difference from the commit"),
            capture_output=True,
            env={**os.environ, "GIT_CEILING_DIRECTORIES": str(into.parent), "LC_ALL": "C"},
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode != 0:
            why = done.stderr.decode(errors="replace").strip().splitlines()
            raise SourcesError(
                f"The recorded difference does not fit the commit: {why[-1] if why else 'git failed'}."
            )

    def _blob(self, sha256: str, what: str) -> bytes:
        data = layout.load_blob(self._runs, sha256)
        if data is None:
            raise SourcesError(f"The record has lost {what}.")
        return data

    def _git(self, *words: str, more: Mapping[str, str] | None = None) -> bytes:
        # No lock, no hook, no network: the repository is only read.
        quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
        environment = {**os.environ, **quiet, "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C", **(more or {})}
        settings = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
        try:
            done = subprocess.run(
                ["git", *settings, "-C", self.root, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=environment,
                timeout=_PATIENCE,
                check=True,
            )
        except FileNotFoundError:
            raise SourcesError("git is not installed.") from None
        except subprocess.CalledProcessError as error:
            why = error.stderr.decode(errors="replace").strip().splitlines()
            raise SourcesError(f"git failed: {why[-1] if why else error.returncode}.") from None
        except subprocess.TimeoutExpired:
            raise SourcesError("git did not answer in time.") from None
        return done.stdout
