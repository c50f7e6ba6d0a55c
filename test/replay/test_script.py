"""A script that is run by hand where Backtrail is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CELLS = ["import random", "x = random.random()", "y = x + random.random()", "print('loss:', y)"]


def _run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "script.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def _runs(folder: Path) -> list[dict[str, Any]]:
    lines = [
        line for log in sorted(folder.glob("runs/nb/sessions/*")) for line in log.read_text().splitlines()
    ]
    return [event for event in map(json.loads, lines) if event["event"] == "run_start"]


def test_it_is_recorded_as_a_run_whose_parent_is_the_one_it_repeats(record: Callable[..., Any]) -> None:
    notebook = record(CELLS)
    notebook.cli("export", "-o", str(notebook.folder / "script.py"))
    done = _run(notebook.folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = _runs(notebook.folder)
    assert second["parent"] == first["run"]
    metrics = [
        [json.loads(line)["loss"] for line in path.read_text().splitlines()]
        for path in sorted(notebook.folder.glob("runs/nb/*/metrics.jsonl"))
    ]
    assert len(metrics) == 2
    assert metrics[0] == metrics[1]
    assert done.stdout == f"loss: {metrics[0][0]}\n"
    # What is around the cells of a script is not in its record: it would come to something else.
    said = f"The run was made by the exported script of {first['run']}: export or verify that one."
    for words in (["export"], ["verify"]):
        done = notebook.cli(*words)
        assert (done.returncode, done.stderr.strip()) == (2, said)


def test_it_is_not_where_that_is_switched_off(record: Callable[..., Any]) -> None:
    notebook = record(CELLS)
    notebook.cli("export", "-o", str(notebook.folder / "script.py"))
    for setting in ({"BACKTRAIL": "off"}, {"BACKTRAIL_METRICS": str(notebook.folder / "metrics.jsonl")}):
        done = _run(notebook.folder, **setting)
        assert (done.returncode, done.stdout[:6]) == (0, "loss: ")
    assert len(_runs(notebook.folder)) == 1
