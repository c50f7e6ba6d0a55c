"""Records that lack something, and surroundings that do: a sentence that names it, and what can be done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from replay_runner import recording

from backtrail.runlog import process

LONG = "longest = [\n" + "".join(f"    {n},\n" for n in range(12_000)) + "]"
"""A source that is kept beside the log."""

CELLS = [
    "import os",
    "rows = [int(line) for line in open('data.csv')]",
    LONG,
    "name = input('name? ') if 'ASKS' in os.environ else 'ada'",
    "loss = sum(rows) + len(longest) + len(name)\nprint('loss:', loss)",
]


@pytest.fixture(scope="module")
def original(program: Path, tmp_path_factory: pytest.TempPathFactory) -> recording.Recorded:
    """A run in a repository."""
    work = tmp_path_factory.mktemp("luck") / "work"
    work.mkdir()
    (work / "data.csv").write_text("1\n2\n3\n")
    (work / ".gitignore").write_text("runs\njupyter-data\nipython\n")
    for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "first")):
        who = ("-c", "user.name=ada", "-c", "user.email=ada@example.org")
        subprocess.run(["git", *who, *words], cwd=work, check=True)
    return recording.run(work, program, CELLS)


@pytest.fixture
def notebook(original: recording.Recorded, program: Path, tmp_path: Path) -> Iterator[recording.Recorded]:
    """Its folder of runs, to be damaged; the rest of the folder must stay as it is."""
    away = tmp_path / "runs"
    shutil.copytree(original.folder / "runs", away)
    before = _tree(original.folder)
    yield original
    assert _tree(original.folder) == before
    shutil.rmtree(original.folder / "runs")
    away.rename(original.folder / "runs")


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    inside = {path.relative_to(folder): path for path in files}
    return {str(path): file.read_bytes() for path, file in inside.items() if path.parts[0] != "runs"}


def _rewrite(log: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    events = map(change, map(json.loads, log.read_text().splitlines()))
    log.write_text("".join(f"{json.dumps(event)}\n" for event in events if event is not None))


def _source_of_3(event: dict[str, Any]) -> bool:
    return event["event"] == "cell_start" and event["n"] == 3


def test_a_source_that_is_lost_is_named_and_is_no_verdict_of_identical(notebook: recording.Recorded) -> None:
    (event,) = filter(_source_of_3, notebook.events("cell_start"))
    blob = notebook.folder / "runs" / "blobs" / "sha256" / event["source_blob"][:2] / event["source_blob"]
    blob.unlink()
    done = notebook.cli("export")
    assert done.returncode == 0
    assert "The source of cell 3 is missing from the record, and so from the script." in done.stderr
    found = notebook.verify()
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 3, "longest")
    assert "The source of cell 3 is missing" in found["cause"]["says"]


def test_the_list_of_packages_that_is_lost_is_named(notebook: recording.Recorded) -> None:
    (event,) = notebook.events("environment")
    blob = notebook.folder / "runs" / "blobs" / "sha256" / event["packages"][:2] / event["packages"]
    blob.unlink()
    done = notebook.cli("export")
    assert done.returncode == 0
    assert "The record has no list of packages, so the script names no versions." in done.stderr


def test_a_log_that_is_cut_short_gives_what_there_is(notebook: recording.Recorded) -> None:
    text = notebook.log.read_text()
    notebook.log.write_text(text[: text.index('"event":"cell_end"', text.index('"cell":"cell-4"')) + 9])
    done = notebook.cli("export", "--whole")
    assert done.returncode == 0
    assert "Cell 5 had not ended when the record ends; the script runs it to its end." in done.stderr
    found = notebook.verify("--whole")
    assert found["verdict"] == "identical", found["says"]
    assert found["problems"] == ["Cell 5 had not ended when the record ends; the script runs it to its end."]


def test_a_run_that_goes_on_is_exported_as_far_as_it_came_and_not_verified(
    notebook: recording.Recorded,
) -> None:
    def going_on(event: dict[str, Any]) -> dict[str, Any] | None:
        if event["event"] == "session":
            return {**event, "process": process.identity()}
        ended = event["event"] in ("run_end", "session_end") or event.get("n") == 5
        return None if ended and event["event"] != "cell_start" else event

    _rewrite(notebook.log, going_on)
    for summary in notebook.folder.glob("runs/nb/*/run.json"):
        summary.unlink()
    assert notebook.cli("export").returncode == 0
    done = notebook.cli("verify")
    assert done.returncode == 2
    assert done.stderr == "Cell [5] is still going on: verify the run when it has ended.\n"


def test_an_interpreter_that_was_recorded_and_is_gone(notebook: recording.Recorded) -> None:
    def gone(event: dict[str, Any]) -> dict[str, Any]:
        return {**event, "executable": "/gone/python"} if event["event"] == "environment" else event

    _rewrite(notebook.log, gone)
    for summary in notebook.folder.glob("runs/nb/*/run.json"):
        summary.unlink()
    found = notebook.verify()
    assert (found["verdict"], found["exit"]) == ("could not run", 2)
    assert found["says"] == (
        "The interpreter /gone/python is gone: --python names another, and --environment fresh builds one."
    )


def test_inputs_that_were_moved_are_named_by_the_script_and_by_verify(
    notebook: recording.Recorded, tmp_path: Path
) -> None:
    script = tmp_path / "alone" / "again.py"
    script.parent.mkdir()
    assert notebook.cli("export", "-o", str(script)).returncode == 0
    done = subprocess.run(
        ["python3", script.name],
        cwd=script.parent,
        capture_output=True,
        text=True,
        env={**os.environ, "BACKTRAIL_METRICS": os.devnull},
        check=False,
    )
    assert done.stderr.startswith("data.csv cannot be read (No such file or directory): the notebook read it")
    data = notebook.folder / "data.csv"
    data.rename(tmp_path / "moved.csv")
    try:
        found = notebook.verify()
    finally:
        (tmp_path / "moved.csv").rename(data)
    assert (found["verdict"], found["first"]["n"]) == ("could not run", 2)
    assert found["cause"] == {"kind": "input changed", "says": "data.csv, which cell [2] reads, is missing."}


def test_a_cell_that_asks_for_input_gets_no_answer(notebook: recording.Recorded) -> None:
    found = notebook.verify(ASKS="1")
    assert (found["verdict"], found["first"]["n"]) == ("could not run", 4)
    assert found["cause"]["says"] == "The cell asks for input, and nobody answers a replay."


def test_without_git_a_run_is_verified_and_its_code_is_not_rebuilt(
    notebook: recording.Recorded, tmp_path: Path
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("node", "python3"):
        (tools / tool).symlink_to(shutil.which(tool) or "")
    path = {"PATH": str(tools)}
    assert notebook.verify(**path)["verdict"] == "identical"
    done = notebook.cli("export", "--format", "code", "-o", str(tmp_path / "code"), **path)
    assert done.returncode == 2
    assert done.stderr == "git is not installed: it has the code of the commit.\n"
