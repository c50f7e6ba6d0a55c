"""The summaries of the shared logs, which every reader must give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backtrail.runlog import layout
from backtrail.runlog.summary import NotebookSummary, read_notebook

VECTORS = Path(__file__).parents[1] / "vectors"
NAMES = sorted(path.parent.name for path in VECTORS.glob("*/expected.json"))


def load(name: str) -> tuple[dict, NotebookSummary]:
    expected = json.loads((VECTORS / name / "expected.json").read_text("utf-8"))
    (folder,) = layout.notebook_folders(VECTORS / name / "runs")
    return expected, read_notebook(
        folder, alive=lambda process: None if process is None else expected["alive"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_log_gives_the_summaries_that_are_expected_of_it(name: str) -> None:
    expected, notebook = load(name)
    found = {run: notebook.summary(run) for run in notebook.runs()}
    assert found == expected["runs"]
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_in_which_logs_are_met_changes_nothing(name: str) -> None:
    expected, _ = load(name)
    (folder,) = layout.notebook_folders(VECTORS / name / "runs")
    notebook = NotebookSummary(alive=lambda process: None if process is None else expected["alive"])
    for path in sorted(layout.sessions_dir(folder).iterdir(), reverse=True):
        for line in path.read_bytes().split(b"\n")[:-1]:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                notebook.feed(path.stem, event)
    for run in notebook.runs():
        found = notebook.summary(run)
        for field in ("name", "experiment", "tags", "note", "archived", "params", "notebook", "inputs"):
            assert found[field] == expected["runs"][run][field]
    assert notebook.runs() == sorted(expected["runs"])
