"""An environment built from a record: the version of Python, and the packages that a script names."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_MOST = 300
"""How much of what a tool says of its failure is told."""


class BuildError(Exception):
    """It cannot be built. Its message is a sentence."""


class Wanted:
    """What an environment is to have: ``python`` such as ``3.11``, or None, and names with versions.

    Raises:
        ValueError: ``said`` is no such thing.
    """

    def __init__(self, said: Any) -> None:
        said = said if isinstance(said, dict) else {}
        python, pairs = said.get("python"), said.get("packages")
        named = isinstance(pairs, list) and all(_is_pair(pair) for pair in pairs)
        if not named or not isinstance(python, (str, type(None))):
            raise ValueError("An environment has a version of Python, and packages with their versions.")
        self.python = ".".join(python.split(".")[:2]) if python else None
        # An index has no local versions such as 2.9.0+cu126.
        self.requirements = sorted(f"{name}=={version.partition('+')[0]}" for name, version in pairs or ())

    def key(self) -> str:
        """The same for the same environment."""
        return hashlib.sha256(json.dumps([self.python, self.requirements]).encode()).hexdigest()[:16]


def build(wanted: Wanted, parent: Path) -> str:
    """The interpreter of the environment below ``parent``, which is built if it is not there yet.

    Raises:
        BuildError: it cannot be built.
    """
    whole = parent / wanted.key()
    if not whole.is_dir():
        parent.mkdir(parents=True, exist_ok=True)
        # Whoever is stopped half way leaves no environment that another one would take for whole.
        begun = parent / f"{whole.name}.{os.getpid()}"
        for command in _commands(wanted, begun):
            _run(command)
        try:
            begun.rename(whole)
        except OSError:
            if not whole.is_dir():
                raise BuildError(f"The environment of the record cannot be put at {whole}.") from None
            shutil.rmtree(begun, ignore_errors=True)
    return str(_python(whole))


def without_packages(path: str) -> str:
    """A ``PYTHONPATH`` without the folders that packages are installed in: they would hide those built."""
    return os.pathsep.join(
        folder for folder in path.split(os.pathsep) if folder and not any(Path(folder).glob("*.dist-info"))
    )


def _commands(wanted: Wanted, folder: Path) -> list[Sequence[str]]:
    own = ".".join(map(str, sys.version_info[:2]))
    base = sys.executable if wanted.python in (None, own) else wanted.python or own
    python = str(_python(folder))
    uv = shutil.which("uv")
    if uv:
        create = [uv, "venv", "--quiet", "--python", base, str(folder)]
        install = [uv, "pip", "install", "--quiet", "--python", python]
    else:
        if base != sys.executable:
            raise BuildError(
                f"The run had Python {wanted.python}, and this is {own}: install uv, which brings it along, "
                f"or name an interpreter of that version."
            )
        create = [sys.executable, "-m", "venv", str(folder)]
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    return [create, [*install, *wanted.requirements]] if wanted.requirements else [create]


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise BuildError(f"The environment of the record could not be built: {error}.") from None
    if done.returncode != 0:
        text = (done.stderr.strip() or done.stdout.strip()).decode(errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        # pip ends with its hints: what went wrong is the first error that it names.
        why = next((line for line in lines if line.startswith("ERROR")), lines[-1] if lines else "")
        raise BuildError(f"The environment of the record could not be built: {why[:_MOST].rstrip('.')}.")


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, (list, tuple)) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
