"""Lists of runs and single runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

import backtrail
from backtrail.runlog import directories, ids, layout, times
from backtrail.runlog.append import Appender


async def test_status_tells_where_the_tracker_can_be_loaded_from(ask, jp_root_dir, jp_serverapp) -> None:
    status = await ask("status")
    assert status["version"] == backtrail.__version__
    assert status["root"] == str(jp_root_dir)
    assert (Path(status["tracker"]) / "backtrail" / "runlog" / "ids.py").is_file()
    page = jp_serverapp.web_app.settings["page_config_data"]
    assert (page["backtrailVersion"], page["backtrailLocation"]) == (status["version"], status["tracker"])
    assert page["backtrailRoot"] == status["root"]


async def test_without_any_run_the_list_is_empty(ask) -> None:
    assert await ask("runs") == {"runs": [], "problems": []}


async def test_runs_are_listed_newest_first_with_what_they_logged(ask, record) -> None:
    session = record()
    first = session.run(lr=0.1)
    session.points(
        first, {"step": 0, "time": 1.0, "cell": 1, "loss": 2}, {"step": 1, "time": 2.0, "loss": "NaN"}
    )
    session.end(first, "failed")
    second = session.run(lr=0.2)
    answer = await ask("runs", scope="notebook", path="digits.ipynb")
    assert answer["problems"] == []
    assert [run["id"] for run in answer["runs"]] == [second, first]
    assert [run["status"] for run in answer["runs"]] == ["running", "failed"]
    assert answer["runs"][1]["params"] == {"lr": 0.1}
    assert answer["runs"][1]["metrics"]["loss"] == {
        "last": "NaN", "min": 2, "max": 2, "first": 2, "count": 2, "step": 1,
    }  # fmt: skip
    assert "cells" not in answer["runs"][0]
    assert "environment" not in answer["runs"][0]


async def test_runs_that_recorded_nothing_are_listed_only_when_asked_for(ask, record) -> None:
    session = record()
    empty = session.run()
    assert (await ask("runs"))["runs"] == []
    assert [run["id"] for run in (await ask("runs", empty=1))["runs"]] == [empty]


async def test_a_scope_holds_the_runs_of_its_notebook_or_folder_and_no_others(ask, record) -> None:
    runs = {path: record(path).run(a=1) for path in ("a.ipynb", "b.ipynb", "sub/a.ipynb", "sub/deep/a.ipynb")}

    async def found(scope: str, path: str) -> set[str]:
        return {run["id"] for run in (await ask("runs", scope=scope, path=path))["runs"]}

    assert await found("notebook", "a.ipynb") == {runs["a.ipynb"]}
    assert await found("notebook", "sub/a.ipynb") == {runs["sub/a.ipynb"]}
    assert await found("notebook", "RTC:sub/a.ipynb") == {runs["sub/a.ipynb"]}
    assert await found("folder", "") == {runs["a.ipynb"], runs["b.ipynb"]}
    assert await found("folder", "sub") == {runs["sub/a.ipynb"]}
    assert await found("all", "") == set(runs.values())
    assert await found("notebook", "../a.ipynb") == set()
    assert await found("notebook", "missing.ipynb") == set()


async def test_a_renamed_notebook_keeps_its_history_and_a_new_one_of_the_old_name_does_not_get_it(
    ask, record, tell, jp_root_dir
) -> None:
    first, second = record("old.ipynb", alive=False), record("old.ipynb")
    before = first.run(a=1)
    during = second.run(a=2)
    os.rename(jp_root_dir / "old.ipynb", jp_root_dir / "new.ipynb")
    await tell("notebooks", body={"session": second.id, "path": "new.ipynb", "outline": []})
    after = record("new.ipynb").run(a=3)
    other = record("old.ipynb").run(a=4)

    async def found(path: str) -> list[str]:
        return sorted(run["id"] for run in (await ask("runs", scope="notebook", path=path))["runs"])

    assert await found("new.ipynb") == sorted([before, during, after])
    assert await found("old.ipynb") == [other]


async def test_a_folder_that_was_cloned_elsewhere_shows_its_runs_beside_its_notebook(
    ask, record, jp_root_dir
) -> None:
    session = record("here/digits.ipynb", alive=False)
    run = session.run(a=1)
    os.rename(jp_root_dir / "here", jp_root_dir / "there")
    directories.remember(Path(os.path.realpath(jp_root_dir)) / "there" / "runs")
    answer = await ask("runs", scope="notebook", path="there/digits.ipynb")
    assert [found["id"] for found in answer["runs"]] == [run]


async def test_a_run_whose_kernel_was_killed_reads_killed_with_every_point(ask, record) -> None:
    session = record()
    script = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from backtrail.runlog import ids, layout, process, times
from backtrail.runlog.append import Appender
folder = Path(sys.argv[2])
session, run = ids.new_id(), ids.new_id()
log = Appender(layout.log_path(folder, session))
log.append({"event": "session", "time": times.now(), "format": 1, "process": process.identity()})
log.append({"event": "run_start", "time": times.now(), "run": run, "cell": 1})
points = Appender(layout.metrics_path(folder, run))
for step in range(1000):
    points.append({"step": step, "time": time.time(), "loss": 1.0})
print(run, flush=True)
time.sleep(600)
"""
    top = str(Path(backtrail.__file__).parents[1])
    kernel = subprocess.Popen(
        [sys.executable, "-c", script, top, str(session.folder)], stdout=subprocess.PIPE, text=True
    )
    try:
        run = kernel.stdout.readline().strip()
        assert (await ask("runs", run))["status"] == "running"
        kernel.send_signal(signal.SIGKILL)
        kernel.wait()
        summary = await ask("runs", run)
        assert summary["status"] == "killed"
        assert summary["metrics"]["loss"]["count"] == 1000
        assert summary["ended"] is not None
    finally:
        kernel.kill()
        kernel.communicate()


async def test_damaged_and_foreign_files_are_named_in_a_sentence_and_the_rest_is_read(ask, record) -> None:
    session = record()
    run = session.run(a=1)
    with open(layout.log_path(session.folder, session.id), "ab") as log:
        log.write(b"{ damaged\n\xff\n")
    session.end(run)
    (session.folder / "sessions" / "notes.txt").write_text("mine")
    (session.folder / run / "run.json").write_text("{")
    (session.runs / "Jul05_tensorboard").mkdir()
    answer = await ask("runs")
    assert [(found["id"], found["status"]) for found in answer["runs"]] == [(run, "finished")]
    assert answer["runs"][0]["damage"] == {"lines": 2, "torn": False}
    foreign, damaged = answer["problems"]
    assert "notes.txt is not a log of Backtrail" in foreign
    assert damaged.startswith("2 damaged lines of ")


async def test_runs_that_are_deleted_or_moved_away_are_gone_without_an_error(ask, record) -> None:
    session = record()
    run = session.run(a=1)
    assert (await ask("runs", run))["id"] == run
    shutil.rmtree(session.folder / run)
    assert (await ask("runs", run))["id"] == run
    assert (await ask("runs", run, "series"))["series"] == {}
    shutil.rmtree(session.runs)
    assert (await ask("runs")) == {"runs": [], "problems": []}
    with pytest.raises(HTTPClientError) as refused:
        await ask("runs", run)
    assert refused.value.code == 404
    assert run in json.loads(refused.value.response.body)["message"]


async def test_a_log_that_was_replaced_is_read_anew(ask, record) -> None:
    session = record()
    session.run(a=1)
    assert len((await ask("runs"))["runs"]) == 1
    path = layout.log_path(session.folder, session.id)
    path.unlink()
    run = ids.new_id()
    log = Appender(path)
    log.append({"event": "run_start", "time": times.now(), "run": run, "cell": 1})
    log.append({"event": "param", "time": times.now(), "run": run, "key": "b", "value": 2})
    log.close()
    assert [(found["id"], found["params"]) for found in (await ask("runs"))["runs"]] == [(run, {"b": 2})]


async def test_metrics_come_from_run_json_only_when_it_was_written_after_the_run_ended(ask, record) -> None:
    session = record()
    true, stale = session.run(a=1), session.run(a=2)
    for run in (true, stale):
        session.points(run, {"step": 0, "time": 1.0, "loss": 1.0})
        session.end(run)
        summary = {
            "id": run,
            "ended": times.now(),
            "damage": {"lines": 0, "torn": False},
            "metrics": {"loss": {"last": 7.0, "min": 7.0, "max": 7.0, "first": 7.0, "count": 1, "step": 0}},
        }
        layout.replace_json(layout.summary_path(session.folder, run), summary)
    os.utime(layout.summary_path(session.folder, stale), (1, 1))
    found = {run["id"]: run["metrics"]["loss"]["last"] for run in (await ask("runs"))["runs"]}
    assert found == {true: 7.0, stale: 1.0}


async def test_folders_outside_the_root_are_served_only_when_the_settings_name_them(
    ask, record, outside, tmp_path, jp_root_dir
) -> None:
    named = record(outside / "work" / "a.ipynb")
    secret = record(tmp_path / "elsewhere" / "a.ipynb")
    (jp_root_dir / "link").symlink_to(tmp_path / "elsewhere")
    directories.remember(jp_root_dir / "link" / "runs")
    shown, hidden = named.run(a=1), secret.run(a=1)
    assert [run["id"] for run in (await ask("runs"))["runs"]] == [shown]
    with pytest.raises(HTTPClientError) as refused:
        await ask("runs", hidden)
    assert refused.value.code == 404


async def test_the_logs_of_a_run_are_those_of_its_session_and_of_the_editors(ask, record, tell) -> None:
    session, other = record(), record()
    run = session.run(a=1)
    other.run(a=2)
    await tell("runs", run, "edits", body={"event": "note", "text": "ü"})
    answer = await ask("runs", run, "log")
    assert answer["session"] == session.id
    assert answer["directory"] == str(session.folder)
    assert answer["cells"] == []
    assert answer["logs"][0]["id"] == session.id
    assert other.id not in [log["id"] for log in answer["logs"]]
    assert len(answer["logs"]) == 2
    assert '"run_start"' in answer["logs"][0]["text"]
    assert '"ü"' in answer["logs"][1]["text"]


async def test_the_log_of_a_run_tells_which_executions_logged_metrics(ask, record) -> None:
    session = record()
    run = session.run(a=1)
    lines = [{"step": 0, "time": 1.0, "cell": cell, "a": 1} for cell in (12, 3, 3, None)]
    path = layout.metrics_path(session.folder, run)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) * 20_000)
    assert (await ask("runs", run, "log"))["cells"] == [3, 12]


@pytest.mark.parametrize("scope", ["everything", ""])
async def test_a_scope_that_is_none_is_refused_in_a_sentence(ask, scope: str) -> None:
    with pytest.raises(HTTPClientError) as refused:
        await ask("runs", scope=scope)
    assert refused.value.code == 400
    assert json.loads(refused.value.response.body) == {"message": "The scope is notebook, folder or all."}
