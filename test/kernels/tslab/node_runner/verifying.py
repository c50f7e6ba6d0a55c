"""The command line, on the runs of a folder."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[4] / "backtrail" / "cli" / "backtrail.mjs"


def backtrail(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a folder that has its own runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")}
    environment = {**kept, "JUPYTER_DATA_DIR": str(folder / "jupyter-data"), **variables}
    return subprocess.run(
        ["node", str(PROGRAM), *words, "--root", str(folder)],
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )


def verify(folder: Path, *words: str, **variables: str) -> tuple[int, dict[str, Any]]:
    """Verifies the latest run: the code that it exits with, and the verdict."""
    done = backtrail(folder, "verify", "latest", "--json", *words, **variables)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)
