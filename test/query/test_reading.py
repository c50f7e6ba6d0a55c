"""What is kept between two questions is never staler than the logs."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backtrail.query import kept
from backtrail.query.ask import file_index, find_runs, find_uses
from backtrail.runlog import ids, layout, process, times


class Notebook:
    """Writes logs as a tracker and an editor do."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "runs" / "n"
        layout.sessions_dir(self.folder).mkdir(parents=True)

    def log(self, *events: dict[str, Any], log_id: str | None = None) -> str:
        log_id = log_id or ids.new_id()
        with layout.log_path(self.folder, log_id).open("a") as file:
            for event in events:
                file.write(json.dumps({"time": times.now(), **event}) + "\n")
        return log_id

    def session(self, over: bool = True) -> tuple[str, str]:
        """A session with one run; its id and the run's."""
        log, run = ids.new_id(), ids.new_id()
        gone = {**process.identity(), "pid": 2**22 + 1, "started": "1"}
        self.log(
            {
                "event": "session",
                "format": 1,
                "session": log,
                "notebook": {"path": "/n.ipynb", "name": "n"},
                "kernel": {"language": "python", "version": "3"},
                "process": gone if over else process.identity(),
            },
            {
                "event": "run_start",
                "run": run,
                "number": 1,
                "name": run[-4:],
                "cell": 1,
                "opened": "first cell",
            },
            {"event": "param", "run": run, "key": "lr", "value": 0.1, "cell": 1, "origin": "logged"},
            *([{"event": "run_end", "run": run, "status": "finished", "cell": 1}] if over else []),
            log_id=log,
        )
        return log, run

    def point(self, run: str, **metrics: float) -> None:
        path = layout.metrics_path(self.folder, run)
        path.parent.mkdir(exist_ok=True)
        with path.open("a") as file:
            file.write(json.dumps({"step": 0, "time": 1.0, "cell": 1, **metrics}) + "\n")

    def runs(self, where: str = "") -> dict[str, dict[str, Any]]:
        return {run["id"]: run for run in find_runs([self.folder.parent], where)}


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    made = Notebook(tmp_path)
    made.known = [made.session() for _ in range(6)]  # type: ignore[attr-defined]
    made.runs()
    assert kept.cache_path(made.folder).is_file()
    return made


def test_an_edit_of_a_run_is_seen_whichever_log_it_stands_in(notebook: Notebook) -> None:
    (_, run), (other, _) = notebook.known[:2]  # type: ignore[attr-defined]
    notebook.log(
        {"event": "editor", "format": 1, "editor": "x"}, {"event": "rename", "run": run, "name": "best"}
    )
    assert notebook.runs()[run]["name"] == "best"
    notebook.log({"event": "note", "run": run, "text": "of another session"}, log_id=other)
    found = notebook.runs("name = best")
    assert [one["note"] for one in found.values()] == ["of another session"]
    assert len(notebook.runs()) == 6


def test_a_run_that_goes_on_has_its_newest_points_and_status(notebook: Notebook) -> None:
    sessions = [notebook.session(over=False) for _ in range(5)]
    _, run = sessions[0]
    notebook.point(run, loss=0.5)
    assert (notebook.runs()[run]["status"], notebook.runs()[run]["metrics"]["loss"]["last"]) == (
        "running",
        0.5,
    )
    notebook.point(run, loss=0.25)
    assert notebook.runs()[run]["metrics"]["loss"]["last"] == 0.25


def test_a_log_that_is_gone_takes_its_runs_along_and_a_spoiled_cache_is_read_anew(notebook: Notebook) -> None:
    (log, run), *_ = notebook.known  # type: ignore[attr-defined]
    layout.log_path(notebook.folder, log).unlink()
    assert run not in notebook.runs() and len(notebook.runs()) == 5
    for text in ("", "{", '{"form": 1}', '{"form": 0, "logs": {}}'):
        kept.cache_path(notebook.folder).write_text(text)
        assert len(notebook.runs()) == 5


def test_which_asks_the_same_logs(notebook: Notebook) -> None:
    log, run = notebook.known[2]  # type: ignore[attr-defined]
    output = {
        "event": "output",
        "run": run,
        "path": "m",
        "sha256": "a" * 64,
        "size": 1,
        "how": "open",
        "cell": 1,
    }
    notebook.log(output, log_id=log)
    assert [use["run"] for use in find_uses(file_index([notebook.folder.parent]), "a" * 64)] == [run]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_table_has_a_row_for_each_run_or_for_each_point(notebook: Notebook, library: str) -> None:
    (_, first), (_, second), *_ = notebook.known  # type: ignore[attr-defined]
    for loss in (0.5, 0.25):
        notebook.point(first, loss=loss)
    notebook.point(second, loss=1.0, **{"val/auc": 0.75})
    kept.cache_path(notebook.folder).unlink()
    runs = find_runs([notebook.folder.parent])

    table = getattr(runs, f"to_{library}")()
    assert (len(table), set(table["params.lr"])) == (6, {0.1})
    assert (table["ended"] > table["started"]).all()
    assert list(table["started"]) == [
        datetime.fromisoformat(run["started"].replace("Z", "+00:00")) for run in runs
    ]
    points = getattr(runs, f"to_{library}")(points=True)
    assert list(points.columns) == ["run", "step", "time", "cell", "loss", "val/auc"]
    assert sorted(points["loss"]) == [0.25, 0.5, 1.0]
    assert list(points["run"]) == [second, first, first]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_table_of_no_run_has_its_columns(tmp_path: Path, library: str) -> None:
    runs = find_runs([tmp_path])
    table = getattr(runs, f"to_{library}")()
    assert len(table) == 0
    assert {"id", "name", "started", "notebook"} <= set(table.columns)
    assert list(getattr(runs, f"to_{library}")(points=True).columns) == ["run", "step", "time", "cell"]
