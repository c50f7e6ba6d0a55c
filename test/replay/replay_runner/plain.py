"""Scripts that are run as a user runs them, without Backtrail, and what they print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat

from .notebooks import Cell, document

_PAIR = re.compile(r"([A-Za-z_][\w ]*?)\s*[:=]?\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b")
_PATIENCE = 240


class Ran(NamedTuple):
    """How a script ended: ``error`` is the last line of its stderr where it failed, else empty."""

    error: str
    printed: str


def metrics(printed: str) -> dict[str, str]:
    """The last number that was printed behind each word, timings left out."""
    lines = [line for line in printed.splitlines() if not re.search(r"\btime\b|took|\d m?s\b", line)]
    return {name.strip(): number for line in lines for name, number in _PAIR.findall(line)}


def exported(script: Path) -> Ran:
    """Runs an exported script as where Backtrail is not installed: its stand-in takes the calls."""
    return _run([sys.executable, script.name], script.parent, BACKTRAIL_METRICS=os.devnull)


def by_nbconvert(cells: list[Cell], folder: Path) -> Ran:
    """Saves a notebook, converts it by ``nbconvert --to script``, and runs that by IPython: it has magics."""
    folder.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell.source) for cell in document(cells)],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            # As Jupyter saves it: without it nbconvert leaves magics as they are.
            "language_info": {"name": "python", "file_extension": ".py", "nbconvert_exporter": "python"},
        },
    )
    nbformat.write(notebook, folder / "nb.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--log-level", "ERROR", "--to", "script", "nb.ipynb"]
    subprocess.run(command, cwd=folder, check=True, timeout=_PATIENCE)
    script = next(path for path in folder.iterdir() if path.suffix in (".py", ".txt"))
    (folder / "nb.ipynb").unlink()
    command = [sys.executable, "-m", "IPython", "--no-banner", script.name]
    return _run(command, folder, BACKTRAIL="off")


def _run(command: list[str], folder: Path, **more: str) -> Ran:
    environment = {**os.environ, **more, "IPYTHONDIR": str(folder / ".ipython"), "MPLBACKEND": "agg"}
    for name in ("PYTHONPATH", "PYTHONHASHSEED"):
        environment.pop(name, None)
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    text = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return Ran("" if done.returncode == 0 else (text[-1] if text else "failed"), done.stdout)
