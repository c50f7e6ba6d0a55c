"""Following runs and series over the WebSocket."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import backtrail
from backtrail.runlog import layout, process
from backtrail.server import follow_series, watch
from backtrail.server.follow_series import FollowSeries
from backtrail.server.service import Service


def point(step: int, **metrics: object) -> dict:
    return {"step": step, "time": 1.0 + step, "cell": 1, **(metrics or {"loss": step / 10})}


async def test_a_series_comes_first_as_a_whole_and_then_point_by_point(page, record) -> None:
    session = record()
    run = session.run(lr=1)
    session.points(run, point(0), point(1))
    await page.say(follow="series", id="s1", run=run, keys=None, width=100)
    assert await page.hear() == {
        "id": "s1",
        "series": {"loss": {"step": [0, 1], "time": [1, 2], "value": [0, 0.1], "count": 2}},
    }
    session.points(run, point(2))
    assert await page.hear() == {
        "id": "s1",
        "points": {"loss": {"step": [2], "time": [3], "value": [0.2], "count": 3}},
    }
    session.points(run, point(3, acc="NaN"))
    assert (await page.hear())["points"] == {"acc": {"step": [3], "time": [4], "value": ["NaN"], "count": 1}}


async def test_a_long_list_is_packed_for_a_page_that_can_unpack_it(jp_ws_fetch, record) -> None:
    session = record()
    for number in range(60):
        session.run(lr=number / 10, optimizer="sgd")
    socket = await jp_ws_fetch("backtrail", "follow", compression_options={})
    await socket.write_message(json.dumps({"follow": "runs", "id": "r", "scope": "all"}))
    received = json.loads(await socket.read_message())
    assert len(received["runs"]) == 60
    assert socket.headers["Sec-WebSocket-Extensions"].startswith("permessage-deflate")
    protocol = socket.protocol
    assert protocol._wire_bytes_in * 4 < protocol._message_bytes_in
    socket.close()


async def test_every_point_arrives_once_and_in_order_however_fast_they_are_logged(page, record) -> None:
    session = record()
    run = session.run(lr=1)
    await page.say(follow="series", id="s1", run=run, keys=["loss"], width=1000)
    assert await page.hear() == {"id": "s1", "series": {}}

    async def log() -> None:
        for step in range(2000):
            session.points(run, point(step, loss=step, other=1))
            if step % 20 == 0:
                await asyncio.sleep(0.001)

    task = asyncio.ensure_future(log())
    messages = await page.hear_until(lambda message: message["points"]["loss"]["count"] == 2000)
    await task
    assert [step for message in messages for step in message["points"]["loss"]["step"]] == list(range(2000))
    assert all(set(message["points"]) == {"loss"} for message in messages)


async def test_more_points_at_once_than_the_plot_is_wide_come_thinned_out_with_their_spike(
    page, record
) -> None:
    session = record()
    run = session.run(lr=1)
    await page.say(follow="series", id="s1", run=run, keys=None, width=50)
    await page.hear()
    session.points(run, *(point(step, loss=100 if step == 4321 else 0) for step in range(10_000)))
    messages = await page.hear_until(lambda message: message["points"]["loss"]["count"] == 10_000)
    assert all(len(message["points"]["loss"]["value"]) <= 200 for message in messages)
    assert 100 in [value for message in messages for value in message["points"]["loss"]["value"]]


async def test_of_a_file_that_takes_long_to_read_what_is_known_comes_at_once(
    page, record, monkeypatch
) -> None:
    monkeypatch.setattr(follow_series, "_FIRST", 0)
    session = record()
    run = session.run(lr=1)
    count, spike = 30_000, 20_001
    session.points(run, *(point(step, loss=9 if step == spike else 0) for step in range(count)))
    await page.say(follow="series", id="s1", run=run, keys=None, width=100)
    messages = await page.hear_until(lambda message: "reading" not in message)
    *partial, whole = messages
    assert len(partial) > 3
    shares = [message["reading"] for message in partial]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 1
    for message in partial:
        loss = message["series"]["loss"]
        assert len(loss["step"]) <= 4 * 100 // 8
        assert loss["count"] == pytest.approx(count * message["reading"], rel=0.1)
        assert (9 in loss["value"]) is (loss["count"] > spike)
    loss = whole["series"]["loss"]
    assert loss["count"] == count
    assert loss["step"][loss["value"].index(9)] == spike
    assert (loss["step"][0], loss["step"][-1]) == (0, count - 1)
    session.points(run, point(count))
    messages = await page.hear_until(lambda message: "reading" not in message)
    assert (messages[-1].get("points") or messages[-1]["series"])["loss"]["count"] == count + 1


async def test_what_the_machine_does_is_followed_apart_from_the_metrics(page, record) -> None:
    session = record()
    run = session.run(lr=1)
    path = layout.system_path(session.folder, run)
    await page.say(follow="series", of="system", id="s1", run=run, keys=None, width=100)
    assert await page.hear() == {"id": "s1", "series": {}}
    session.points(run, point(0))
    with open(path, "ab", buffering=0) as file:
        file.write(b'{"step":0,"time":5,"cell":1,"cpu":90.5}\n')
    assert await page.hear() == {
        "id": "s1",
        "points": {"cpu": {"step": [0], "time": [5], "value": [90.5], "count": 1}},
    }
    await page.say(follow="series", of="weather", id="s2", run=run)
    assert await page.hear() == {"id": "s2", "error": "Series are of metrics or of the system."}


async def test_the_first_points_of_a_run_without_a_folder_arrive(page, record) -> None:
    session = record()
    run = session.run()
    await page.say(follow="series", id="s1", run=run, keys=None, width=50)
    assert (await page.hear())["series"] == {}
    session.points(run, point(0))
    assert (await page.hear())["points"]["loss"]["count"] == 1


async def test_asking_again_under_the_same_id_replaces_and_unfollowing_ends(page, record) -> None:
    session = record()
    run = session.run(lr=1)
    session.points(run, *map(point, range(100)))
    await page.say(follow="series", id="s1", run=run, keys=None, width=5)
    assert len((await page.hear())["series"]["loss"]["step"]) == 10
    await page.say(follow="series", id="s1", run=run, keys=None, width=50)
    assert len((await page.hear())["series"]["loss"]["step"]) == 100
    session.points(run, point(100))
    assert (await page.hear())["points"]["loss"]["step"] == [100]
    await page.say(unfollow="s1")
    await page.say(follow="series", id="s2", run=run, keys=[], width=5)
    session.points(run, point(101))
    assert await page.hear() == {"id": "s2", "series": {}}


async def test_a_metrics_file_that_is_replaced_or_removed_is_sent_anew(page, record) -> None:
    session = record()
    run = session.run(lr=1)
    session.points(run, point(0), point(1))
    await page.say(follow="series", id="s1", run=run, keys=None, width=50)
    await page.hear()
    path = layout.metrics_path(session.folder, run)
    path.unlink()
    await page.hear_until(lambda message: message.get("series") == {})
    session.points(run, point(7))
    messages = await page.hear_until(lambda message: message.get("points") or message.get("series"))
    assert (messages[-1].get("points") or messages[-1]["series"])["loss"]["step"] == [7]


async def test_the_list_of_runs_is_sent_at_once_and_then_what_changes(page, record, tell) -> None:
    await page.say(follow="runs", id="r1", scope="notebook", path="digits.ipynb")
    assert await page.hear() == {"id": "r1", "runs": [], "problems": []}
    session = record()
    run = session.run(lr=1)
    messages = await page.hear_until(lambda message: any(found["id"] == run for found in message["changed"]))
    assert messages[-1]["changed"][0]["status"] == "running"
    session.points(run, point(0, loss=5))
    messages = await page.hear_until(
        lambda message: any("loss" in found["metrics"] for found in message["changed"])
    )
    assert messages[-1]["removed"] == []
    await tell("runs", run, "edits", body={"event": "rename", "name": "best"})
    await page.hear_until(lambda message: any(found["name"] == "best" for found in message["changed"]))
    session.end(run)
    await page.hear_until(lambda message: any(found["status"] == "finished" for found in message["changed"]))


async def test_the_notebooks_own_runs_come_first_and_those_from_before_it_was_moved_follow(
    page, record, tell
) -> None:
    old = record("first/old.ipynb")
    before = old.run(a=1)
    await tell("notebooks", body={"session": old.id, "path": "then/new.ipynb", "outline": []})
    after = record("then/new.ipynb").run(a=2)
    await page.say(follow="runs", id="r1", scope="notebook", path="then/new.ipynb")
    first = await page.hear()
    known = {found["id"] for found in first["runs"]}
    assert after in known
    while before not in known:
        known |= {found["id"] for found in (await page.hear())["changed"]}


async def test_only_runs_that_changed_are_sent(page, record) -> None:
    session = record()
    ended = session.run(a=1)
    session.end(ended)
    run = session.run(a=2)
    await page.say(follow="runs", id="r1", scope="all")
    assert [found["id"] for found in (await page.hear())["runs"]] == [run, ended]
    session.points(run, point(0))
    messages = await page.hear_until(lambda message: message["changed"])
    assert {found["id"] for message in messages for found in message["changed"]} == {run}


async def test_a_kernel_that_is_killed_is_told_of_without_anything_being_written(page, record) -> None:
    script = "import sys; sys.path.insert(0, sys.argv[1]); from backtrail.runlog import process; import json;"
    script += "print(json.dumps(process.identity()), flush=True); sys.stdin.read()"
    top = str(Path(backtrail.__file__).parents[1])
    kernel = subprocess.Popen(
        [sys.executable, "-c", script, top], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        identity = json.loads(kernel.stdout.readline())
        assert identity.keys() == process.identity().keys()
        session = record()
        session.write("session", format=1, session=session.id, process=identity)
        run = session.run(a=1)
        await page.say(follow="runs", id="r1", scope="all")
        assert (await page.hear())["runs"][0]["status"] == "running"
        kernel.send_signal(signal.SIGKILL)
        messages = await page.hear_until(lambda message: message["changed"])
        assert [(found["id"], found["status"]) for found in messages[-1]["changed"]] == [(run, "killed")]
    finally:
        kernel.kill()
        kernel.communicate()


async def test_runs_whose_folder_goes_away_are_told_to_be_removed(page, record, jp_root_dir) -> None:
    session = record("sub/a.ipynb")
    run = session.run(a=1)
    await page.say(follow="runs", id="r1", scope="all")
    await page.hear()
    os.rename(jp_root_dir / "sub", jp_root_dir.parent / "away")
    messages = await page.hear_until(lambda message: message["removed"])
    assert messages[-1]["removed"] == [run]


async def test_without_inotify_changes_are_found_by_looking(page, record, monkeypatch) -> None:
    monkeypatch.setattr(watch, "_libc", lambda: None)
    session = record()
    run = session.run(lr=1)
    await page.say(follow="series", id="s1", run=run, keys=None, width=50)
    await page.hear()
    await page.say(follow="runs", id="r1", scope="all")
    await page.hear()
    session.points(run, point(0))
    waiting = {"r1", "s1"}
    while waiting:
        waiting.discard((await page.hear())["id"])


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"follow": "moon", "id": "a"}, "What is followed is runs, cells, series or a play."),
        ({"follow": "runs", "id": "a", "scope": "x"}, "The scope is notebook, folder or all."),
        ({"follow": "series", "id": "a", "run": "../.."}, "There is no run ../.. here."),
        ({"follow": "series", "id": "a", "run": "20261123-151601000-none"}, "There is no run 2026"),
        ({"follow": "series", "id": 7}, "A follow has an id, which is a text."),
        ({"id": None}, "A follow has an id, which is a text."),
    ],
)
async def test_what_cannot_be_followed_is_answered_with_a_sentence(
    page, message: dict, sentence: str
) -> None:
    await page.say(**message)
    answer = await page.hear()
    assert answer["error"].startswith(sentence)
    assert answer.get("id") in ("a", None)
    await page.write("{")
    assert await page.hear() == {"error": "A message is a JSON object."}


async def test_a_client_that_does_not_read_holds_back_one_message_and_then_gets_what_it_missed(
    jp_environ, jp_root_dir, record
) -> None:
    session = record()
    run = session.run(lr=1)
    reads, sent = asyncio.Event(), []

    async def send(message: dict) -> None:
        sent.append(message)
        await reads.wait()

    service = Service(str(jp_root_dir), [], logging.getLogger("test"))
    follow = FollowSeries(service, send, layout.metrics_path(session.folder, run), None, 10)
    try:
        while not sent:
            await asyncio.sleep(0.01)
        for step in range(5000):
            session.points(run, point(step, loss=step))
            if step % 500 == 0:
                await asyncio.sleep(0.01)
        assert len(sent) == 1
        reads.set()
        while not any(message.get("points", {}).get("loss", {}).get("count") == 5000 for message in sent):
            await asyncio.sleep(0.01)
        assert len(sent) == 2
        assert len(sent[1]["points"]["loss"]["value"]) <= 40
    finally:
        follow.close()
        follow.close()


@pytest.mark.parametrize("turns", range(5))
async def test_what_is_ended_while_something_changes_sends_nothing_any_more(
    jp_environ, jp_root_dir, record, turns: int
) -> None:
    session = record()
    run = session.run(lr=1)
    sent = []

    async def send(message: dict) -> None:
        sent.append(message)

    service = Service(str(jp_root_dir), [], logging.getLogger("test"))
    follow = FollowSeries(service, send, layout.metrics_path(session.folder, run), None, 10)
    while not sent:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    # The change is noticed some turns of the loop before the end comes.
    follow.touch()
    for _ in range(turns):
        await asyncio.sleep(0)
    follow.close()
    session.points(run, point(0))
    await asyncio.sleep(0.1)
    assert len(sent) == 1
    assert not service.watcher.watching


async def test_watches_are_given_back_when_nobody_follows(page, record, jp_serverapp) -> None:
    watcher = jp_serverapp.web_app.settings["backtrail_service"].watcher
    session = record()
    run = session.run(lr=1)
    await page.say(follow="series", id="s1", run=run, keys=None, width=50)
    await page.hear()
    await page.say(follow="runs", id="r1", scope="all")
    await page.hear()
    assert watcher.watching
    page.socket.close()
    while watcher.watching:
        await asyncio.sleep(0.01)
