"""Replays that a page asks for, and the verdicts that it comes to."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError

from backtrail.node import find_node
from backtrail.runlog.summary import read_notebook
from backtrail.server import plays
from backtrail.server.handlers.base import SETTING

HANGS = "# %% [1]\nimport subprocess\nsubprocess.run(['sleep', '600'])\n"


def scene(session, **more: object) -> dict:
    """A scene in the folder of a session's notebook."""
    folder = str(session.runs.parent)
    return {
        "notebook": "digits.ipynb",
        "folder": folder,
        "cwd": folder,
        "runs": "/nowhere",
        "files": [],
        "written": [],
        "protect": [folder],
        "variables": {"PYTHONHASHSEED": "7"},
        **more,
    }


@pytest.fixture
def recorded(record):
    """A run whose record names an interpreter, this one if no other is given."""

    def make(executable: str | None = sys.executable) -> tuple:
        session = record()
        session.write("environment", executable=executable, python="3.11.7")
        run = session.run(lr=0.1)
        session.points(run, {"step": 0, "time": 1.0, "loss": 0.5})
        session.end(run)
        return session, run

    return make


@pytest.fixture
def begin(tell):
    """Begins a replay, and gives its id."""

    async def play(session, run: str, script: str, timeout: float = 240, **more: object) -> str:
        body = {"script": script, "scene": scene(session, **more), "timeout": timeout}
        return (await tell("runs", run, "plays", body=body))["play"]

    return play


async def followed(page, play: str) -> list[dict]:
    """What is heard of a replay up to its end."""
    await page.say(follow="play", id="p", play=play)
    return await page.hear_until(lambda message: "error" in message or message["play"]["ended"])


async def gone(processes: list[int]) -> None:
    """Waits until processes are no more."""
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        await asyncio.sleep(0.05)


def sleepers(root: Path) -> list[int]:
    """The processes that work in a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "cwd").startswith(str(root)):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


async def test_a_script_is_played_in_a_folder_of_its_own_and_answered_with_its_record(
    ask, begin, jp_fetch, page, recorded
) -> None:
    session, run = recorded()
    beside = session.runs.parent
    (beside / "data.csv").write_text("1\n2\n")
    (beside / "mine.py").write_text("def f(x):\n    return 2 * x\n")
    script = (
        "# %% [1]\nimport mine\nrows = open('data.csv').read().split()\n"
        "# %% [2]\nopen('out/made.txt', 'w').write(str(mine.f(len(rows))))\nprint('loss:', 0.25)\n"
    )
    was = hashlib.sha256(b"1\n").hexdigest()
    files = [
        {"path": "data.csv", "sha256": was, "n": 1, "module": False},
        {"path": "lost.csv", "sha256": was, "n": 1, "module": False},
    ]
    play = await begin(session, run, script, files=files, written=["out/made.txt"])
    messages = await followed(page, play)
    assert messages[-1]["play"] == {"ended": True, "cells": 2}
    found = await ask("runs", run, "plays", play)
    assert (found["code"], found["timedOut"], found["err"]) == (0, False, "")
    assert [(file["path"], file["missing"]) for file in found["changed"]] == [
        ("data.csv", False),
        ("lost.csv", True),
    ]
    events = [json.loads(line) for line in found["log"].splitlines()]
    assert [event["n"] for event in events if event["event"] == "cell_end"] == [1, 2]
    assert json.loads(found["points"][0])["loss"] == 0.25
    assert sorted(path.name for path in beside.iterdir()) == ["data.csv", "digits.ipynb", "mine.py", "runs"]
    await jp_fetch("backtrail", "runs", run, "plays", play, method="DELETE")
    with pytest.raises(HTTPClientError) as refused:
        await ask("runs", run, "plays", play)
    assert refused.value.code == 404


async def test_a_script_that_hangs_is_ended_at_its_time_limit_with_what_it_started(
    ask, begin, page, recorded
) -> None:
    session, run = recorded()
    play = await begin(session, run, HANGS, timeout=12)
    messages = await followed(page, play)
    assert messages[-1]["play"]["cells"] == 1
    found = await ask("runs", run, "plays", play)
    assert (found["code"], found["timedOut"]) == (None, True)


async def test_a_cancelled_replay_leaves_no_process_and_no_folder(
    begin, jp_fetch, jp_web_app, page, recorded
) -> None:
    session, run = recorded()
    play = await begin(session, run, HANGS)
    root = jp_web_app.settings[SETTING].plays.get(play)._root
    await page.say(follow="play", id="p", play=play)
    await page.hear_until(lambda message: message["play"]["cells"] == 1)
    processes = sleepers(root)
    assert processes
    await jp_fetch("backtrail", "runs", run, "plays", play, method="DELETE")
    assert await page.hear_until(lambda message: message["play"]["ended"])
    await gone(processes)
    while root.exists():
        await asyncio.sleep(0.05)


async def test_a_fresh_environment_is_said_to_be_built_and_ends_with_its_replay(
    *, jp_fetch, jp_web_app, monkeypatch, page, recorded, tell, tmp_path
) -> None:
    session, run = recorded("/nowhere/bin/python")
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text("#!/bin/sh\nsleep 604 &\nwait\n")
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{uv.parent}{os.pathsep}{os.environ['PATH']}")
    wanted = scene(session, environment={"python": "3.11.7", "packages": [["fakelib", "1.0"]]})
    body = {"script": "# %% [1]\n1\n", "scene": wanted, "timeout": 60, "fresh": True}
    play = (await tell("runs", run, "plays", body={**body, "python": sys.executable}))["play"]
    root = jp_web_app.settings[SETTING].plays.get(play)._root
    await page.say(follow="play", id="p", play=play)
    await page.hear_until(lambda message: message["play"].get("building"))
    processes = sleepers(root)
    await jp_fetch("backtrail", "runs", run, "plays", play, method="DELETE")
    assert (await page.hear_until(lambda message: message["play"]["ended"]))[-1]["play"]["cells"] == 0
    await gone(processes)


async def test_a_replay_that_nobody_follows_any_more_is_given_up(
    begin, jp_web_app, monkeypatch, page, recorded
) -> None:
    monkeypatch.setattr(plays, "LEASE", 0.1)
    session, run = recorded()
    service = jp_web_app.settings[SETTING]
    play = await begin(session, run, HANGS)
    while len(service.plays):
        await asyncio.sleep(0.05)
    (message,) = await followed(page, play)
    assert message["error"].startswith(f"There is no replay {play} here")


async def test_an_interpreter_that_is_gone_is_named_and_the_server_s_own_may_play(
    ask, begin, page, recorded, tell
) -> None:
    session, run = recorded("/nowhere/bin/python")
    assert await ask("runs", run, "plays") == {
        "recorded": "/nowhere/bin/python",
        "there": False,
        "present": sys.executable,
    }
    with pytest.raises(HTTPClientError) as refused:
        await begin(session, run, "# %% [1]\n1\n")
    assert json.loads(refused.value.response.body) == {
        "message": "The interpreter /nowhere/bin/python is gone."
    }
    body = {"script": "# %% [1]\nx = 1\n", "scene": scene(session), "timeout": 240, "python": sys.executable}
    play = (await tell("runs", run, "plays", body=body))["play"]
    assert (await followed(page, play))[-1]["play"] == {"ended": True, "cells": 1}
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run, "plays", body={**body, "python": "/bin/sh"})
    assert refused.value.code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"script": ""},
        {"scene": None},
        {"scene": {"notebook": "a.ipynb"}},
        {"timeout": 0},
        {"timeout": "10"},
        {"fresh": True},
    ],
)
async def test_what_cannot_be_played_is_refused_with_a_sentence(recorded, tell, wrong: dict) -> None:
    session, run = recorded()
    body = {"script": "# %% [1]\n1\n", "scene": scene(session), "timeout": 60, **wrong}
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run, "plays", body=body)
    assert refused.value.code == 400
    assert json.loads(refused.value.response.body)["message"].endswith(".")


VERDICT = {
    "verdict": "differs",
    "says": "The replay differs, first in cell [2].",
    "cell": 2,
    "first": {"kind": "variable", "name": "x", "recorded": "1", "replayed": "2"},
    "cause": {"kind": "clock", "says": "The cell looks at a clock."},
    "compared": {"cells": 2, "variables": 1},
    "cells": [1, 2],
    "differs": [{"n": 2, "kind": "variable", "name": "x", "recorded": "1", "replayed": "2"}],
    "metrics": [{"name": "loss", "points": 1, "same": True}],
    "tolerance": 0,
    "replays": 2,
    "environment": "present",
}


async def test_a_verdict_is_kept_with_its_run(ask, recorded, tell) -> None:
    session, run = recorded()
    summary = await tell("runs", run, "verdicts", body={**VERDICT, "run": "another", "time": "never"})
    assert {name: summary["verified"][name] for name in VERDICT} == VERDICT
    assert summary["verified"]["at"] != "never"
    assert read_notebook(session.folder).summary(run)["verified"] == summary["verified"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "perfect"},
        {"says": None},
        {"cells": "all"},
        {"verdict": "identical", "compared": {"cells": 0}},
    ],
)
async def test_what_is_no_verdict_or_stands_on_no_comparison_is_refused(recorded, tell, wrong: dict) -> None:
    _, run = recorded()
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run, "verdicts", body={**VERDICT, **wrong})
    assert refused.value.code == 400


async def test_every_point_of_a_run_can_be_had(jp_fetch, recorded) -> None:
    _, run = recorded()
    response = await jp_fetch("backtrail", "runs", run, "metrics")
    assert json.loads(response.body) == {"step": 0, "time": 1.0, "loss": 0.5}


SERVER = """
import asyncio, json, sys
from pathlib import Path
from backtrail.server.plays import Plays, Request

async def main():
    scene, script = json.loads(sys.stdin.read())
    plays = Plays()
    play = plays.begin(Request(script, scene, 240.0, sys.executable))
    while not play.begun():
        await asyncio.sleep(0.05)
    print(play.id, play._root)

asyncio.run(main())
"""


async def test_a_server_that_stops_ends_its_replays_and_the_next_one_knows_none_of_them(
    page, recorded, tmp_path: Path
) -> None:
    session, _ = recorded()
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SERVER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    said, _ = await server.communicate(json.dumps([scene(session), HANGS]).encode())
    play, root = said.decode().split()
    assert server.returncode == 0
    await gone(sleepers(Path(root)))
    assert list(tmp_path.glob("backtrail-verify-*")) == []
    (message,) = await followed(page, play)
    assert message["error"] == (
        f"There is no replay {play} here: the server was started anew, or it was given up."
    )


async def test_a_run_of_tslab_is_played_by_node_and_by_tslab_itself(ask, begin, page, record, tell) -> None:
    node = find_node()
    session = record(kernel={"language": "typescript", "version": "20.20.2", "implementation": "tslab"})
    session.write("environment", executable=node, node="20.20.2")
    run = session.run()
    session.end(run)
    beside = session.runs.parent
    (beside / "data.csv").write_text("1\n2\n")
    assert await ask("runs", run, "plays") == {"recorded": node, "there": True, "present": node}
    usual = {"random": None, "fails": False, "interrupted": None, "wait": 0}
    sources = [
        "import * as fs from 'fs';\nconst rows: string[] = fs.readFileSync('data.csv', 'utf8').split('\\n');",
        "fs.writeFileSync('out.txt', rows[1]); rows.length",
    ]
    cells = [{"n": n, "source": source, **usual} for n, source in enumerate(sources, 1)]
    program = {"language": "typescript", "random": None, "cells": cells}
    # Who plays it is for the record to say, whatever a page says.
    tslab = str(Path(__file__).parents[2] / "node_modules" / "tslab")
    play = await begin(session, run, json.dumps(program), written=["out.txt"], language="python", tslab=tslab)
    messages = await followed(page, play)
    assert messages[-1]["play"] == {"ended": True, "cells": 2}
    found = await ask("runs", run, "plays", play)
    assert (found["code"], found["timedOut"], found["err"]) == (0, False, "")
    events = [json.loads(line) for line in found["log"].splitlines()]
    assert [event["status"] for event in events if event["event"] == "cell_end"] == ["finished", "finished"]
    assert not (beside / "out.txt").exists()
    with pytest.raises(HTTPClientError) as refused:
        body = {"script": "{}", "scene": scene(session), "timeout": 9, "python": sys.executable}
        await tell("runs", run, "plays", body=body)
    assert refused.value.code == 400
