"""What people change afterwards, and what the browser tells."""

from __future__ import annotations

import getpass
import json
import os
import stat

import pytest
from tornado.httpclient import HTTPClientError

from backtrail.runlog import layout
from backtrail.runlog.summary import read_notebook


async def test_edits_are_answered_with_the_new_summary_and_seen_by_every_other_reader(
    ask, record, tell
) -> None:
    session = record()
    run = session.run(lr=0.1)
    session.end(run)
    await tell("runs", run, "edits", body={"event": "rename", "name": " best "})
    await tell("runs", run, "edits", body={"event": "tag", "key": "draft", "value": True})
    await tell("runs", run, "edits", body={"event": "tag", "key": "phase", "value": "two"})
    await tell("runs", run, "edits", body={"event": "tag", "key": "draft", "value": None})
    await tell("runs", run, "edits", body={"event": "note", "text": "see\n#12"})
    await tell("runs", run, "edits", body={"event": "experiment", "name": "baselines"})
    summary = await tell("runs", run, "edits", body={"event": "archive", "archived": True})
    wanted = {
        "name": "best",
        "tags": {"phase": "two"},
        "note": "see\n#12",
        "experiment": "baselines",
        "archived": True,
    }
    assert {key: summary[key] for key in wanted} == wanted
    assert await ask("runs", run) == summary
    assert read_notebook(session.folder).summary(run) == summary
    assert json.loads(layout.summary_path(session.folder, run).read_bytes()) == summary


async def test_all_edits_of_a_notebook_go_to_one_log_of_the_server(record, tell) -> None:
    session = record()
    first, second = session.run(a=1), session.run(a=2)
    own = layout.log_path(session.folder, session.id)
    before = own.read_bytes()
    for run in (first, second):
        await tell("runs", run, "edits", body={"event": "note", "text": "x", "run": "other", "time": "never"})
    assert own.read_bytes() == before
    (log,) = [path for path in layout.sessions_dir(session.folder).iterdir() if path != own]
    editor, *edits = [json.loads(line) for line in log.read_bytes().splitlines()]
    assert editor["event"] == "editor"
    assert (editor["format"], editor["editor"]) == (1, log.stem)
    assert [edit["run"] for edit in edits] == [first, second]
    assert all(edit["time"] > editor["time"] for edit in edits)


async def test_secrets_in_edits_and_in_the_markdown_do_not_reach_the_log(record, tell) -> None:
    session = record()
    run = session.run(a=1)
    await tell("runs", run, "edits", body={"event": "note", "text": "use password=hunter2 for it"})
    await tell("runs", run, "edits", body={"event": "tag", "key": "api_key", "value": "x1y2z3"})
    outline = [{"id": "a", "type": "markdown", "source": "from postgres://ada:hunter2@db/x"}]
    await tell("notebooks", body={"session": session.id, "path": "a.ipynb", "outline": outline})
    kept = b"".join(path.read_bytes() for path in session.runs.rglob("*") if path.is_file())
    assert b"hunter2" not in kept
    assert b"x1y2z3" not in kept
    assert b"postgres://ada:[withheld: password]@db/x" in kept


async def test_the_summary_of_a_run_that_goes_on_is_left_to_its_tracker(record, tell) -> None:
    session = record()
    run = session.run(a=1)
    assert (await tell("runs", run, "edits", body={"event": "note", "text": "x"}))["note"] == "x"
    assert not layout.summary_path(session.folder, run).exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"event": "param", "key": "lr", "value": 1},
        {"event": "run_end", "status": "finished"},
        {"event": "rename"},
        {"event": "rename", "name": "  "},
        {"event": "rename", "name": "x" * 501},
        {"event": "tag", "key": "a"},
        {"event": "tag", "key": 1, "value": 1},
        {"event": "note", "text": None},
        {"event": "archive", "archived": 1},
    ],
)
async def test_what_is_no_edit_is_refused_and_nothing_is_written(record, tell, body: object) -> None:
    session = record()
    run = session.run(a=1)
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run, "edits", body=body)
    assert refused.value.code == 400
    assert json.loads(refused.value.response.body)["message"].endswith(".")
    assert len(list(layout.sessions_dir(session.folder).iterdir())) == 1


async def test_an_edit_that_cannot_be_written_says_so(record, tell, monkeypatch) -> None:
    session = record()
    run = session.run(a=1)
    await tell("runs", run, "edits", body={"event": "note", "text": "before"})
    real_write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(28, "No space left on device")
        return real_write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run, "edits", body={"event": "note", "text": "after"})
    monkeypatch.undo()
    assert refused.value.code == 403
    assert "No space left on device" in json.loads(refused.value.response.body)["message"]
    assert (await tell("runs", run, "edits", body={"event": "tag", "key": "a", "value": 1}))[
        "note"
    ] == "before"


async def test_edits_go_on_when_the_folder_was_moved_away_and_restored(ask, record, tell) -> None:
    session = record()
    run = session.run(a=1)
    await tell("runs", run, "edits", body={"event": "note", "text": "one"})
    for path in layout.sessions_dir(session.folder).iterdir():
        if path.stem != session.id:
            path.unlink()
    assert (await ask("runs", run))["note"] is None
    assert (await tell("runs", run, "edits", body={"event": "note", "text": "two"}))["note"] == "two"


async def test_what_the_browser_tells_of_a_notebook_is_written_once(ask, record, tell, jp_root_dir) -> None:
    session = record("a.ipynb")
    run = session.run(a=1)
    outline = [
        {"id": "1", "type": "markdown", "source": "# Digits"},
        {"id": "2", "type": "code", "source": "secret = 1"},
    ]
    body = {"session": session.id, "path": "a.ipynb", "outline": outline}
    assert await tell("notebooks", body=body) == {"recorded": True}
    assert await tell("notebooks", body=body) == {"recorded": False}
    assert await tell("notebooks", body={**body, "path": "sub/b.ipynb"}) == {"recorded": True}
    assert await tell("notebooks", body={**body, "outline": []}) == {"recorded": True}
    events = [
        json.loads(line)
        for log in (await ask("runs", run, "log"))["logs"][1:]
        for line in log["text"].splitlines()
    ]
    assert [event["event"] for event in events] == [
        "editor", "notebook", "rename_notebook", "notebook", "rename_notebook", "notebook",
    ]  # fmt: skip
    assert json.loads(layout.load_blob(session.runs, events[1]["outline"])) == [
        {"id": "1", "type": "markdown", "source": "# Digits"},
        {"id": "2", "type": "code"},
    ]
    assert (events[2]["from"], events[2]["to"]) == (
        os.path.realpath(jp_root_dir / "a.ipynb"),
        str(jp_root_dir / "sub" / "b.ipynb"),
    )
    assert (await ask("runs", run))["notebook"]["path"] == str(jp_root_dir / "a.ipynb")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"session": "20261123-151601000-none", "path": "a.ipynb", "outline": []}, 404),
        ({"session": "../x", "path": "a.ipynb", "outline": []}, 400),
        ({"session": "20261123-151601000-none", "path": "", "outline": []}, 400),
        ({"session": "20261123-151601000-none", "path": "a.ipynb", "outline": [{"id": 1}]}, 400),
        ("nothing", 400),
    ],
)
async def test_what_tells_nothing_of_a_known_session_is_refused(
    record, tell, body: object, status: int
) -> None:
    record()
    with pytest.raises(HTTPClientError) as refused:
        await tell("notebooks", body=body)
    assert refused.value.code == status
    assert json.loads(refused.value.response.body)["message"].endswith(".")


async def test_a_run_comes_to_a_stage_and_leaves_it_with_date_person_and_reason(ask, record, tell) -> None:
    session = record()
    run = session.run(lr=0.1)
    session.end(run)
    first = {"event": "stage", "stage": " production ", "reason": "The best one.", "by": "nobody"}
    summary = await tell("runs", run, "edits", body=first)
    assert summary["stage"] == "production"
    summary = await tell("runs", run, "edits", body={"event": "stage", "stage": None})
    assert summary["stage"] is None
    assert [(entry["stage"], entry["reason"]) for entry in summary["stages"]] == [
        ("production", "The best one."),
        (None, None),
    ]
    assert {entry["by"] for entry in summary["stages"]} == {getpass.getuser()}
    for wrong in ({"event": "stage"}, {"event": "stage", "stage": ""}, {**first, "reason": 5}):
        with pytest.raises(HTTPClientError) as error:
            await tell("runs", run, "edits", body=wrong)
        assert error.value.code == 400
    assert await ask("runs", run) == summary
