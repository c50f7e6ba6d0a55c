"""A notebook's folder that is read while it is written."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import random
import shutil
import time
from pathlib import Path

import pytest

from backtrail.runlog import layout
from backtrail.server.folder import NotebookFolder
from backtrail.server.follow_runs import FollowRuns
from backtrail.server.service import Service
from backtrail.server.store import Scope

VECTORS = Path(__file__).parents[1] / "vectors"
NAMES = sorted(path.parent.name for path in VECTORS.glob("*/expected.json"))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", NAMES)
def test_however_logs_grow_the_runs_are_those_that_are_expected(name: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    expected = json.loads((VECTORS / name / "expected.json").read_text("utf-8"))
    (source,) = layout.notebook_folders(VECTORS / name / "runs")
    target = tmp_path / "runs" / source.name
    (target / "sessions").mkdir(parents=True)
    folder = NotebookFolder(target, alive=lambda process: None if process is None else expected["alive"])
    left = {path: path.read_bytes() for path in sorted(source.rglob("*.jsonl"))}
    while left:
        path = chance.choice(list(left))
        size = chance.randint(1, 400)
        copy = target / path.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        with open(copy, "ab") as file:
            file.write(left[path][:size])
        left[path] = left[path][size:]
        if not left[path]:
            del left[path]
        if chance.random() < 0.3:
            folder.refresh()
    for run in expected["runs"]:
        folder.refresh(run)
    wanted = {run: dict(summary) for run, summary in expected["runs"].items()}
    assert {run: folder.summary(run) for run in folder.entries} == wanted
    for summary in wanted.values():
        del summary["cells"], summary["environment"]
    assert folder.entries == wanted


def test_an_entry_stays_the_same_object_as_long_as_nothing_changed(tmp_path: Path) -> None:
    shutil.copytree(VECTORS / "running" / "runs", tmp_path / "runs")
    (path,) = layout.notebook_folders(tmp_path / "runs")
    folder = NotebookFolder(path, alive=lambda process: True)
    folder.refresh()
    before = dict(folder.entries)
    folder.refresh()
    assert all(folder.entries[run] is entry for run, entry in before.items())
    (run,) = folder.open_runs()
    with open(layout.metrics_path(path, run), "ab") as points:
        points.write(b'{"step":9,"time":1795446999.5,"loss":9}\n')
    folder.refresh()
    assert folder.entries[run] is not before[run]
    assert folder.entries[run]["metrics"]["loss"]["last"] == 9


def test_a_long_history_is_read_in_parts_newest_log_first(record) -> None:
    sessions = [record() for _ in range(3)]
    runs = [session.run(lr=number) for number, session in enumerate(sessions)]
    folder = NotebookFolder(sessions[0].folder)
    heard = []
    while not folder.refresh(until=0):
        heard.append(sorted(folder.entries))
    assert heard == [[runs[2]], [runs[1], runs[2]]]
    assert sorted(folder.entries) == sorted(runs)
    assert folder.refresh(until=0)


def test_the_collector_of_garbage_rests_for_all_turns_of_a_part_and_works_again_afterwards(tmp_path) -> None:
    seen = []

    class Turns:
        left = 3

        def refresh(self, until: float) -> bool:
            assert until > 0
            seen.append(gc.isenabled())
            self.left -= 1
            # As long as a turn may take, so that the next one is another.
            time.sleep(0.06)
            return self.left == 0

    class Failing:
        def refresh(self, until: float) -> bool:
            raise OSError("no disk")

    service = Service(str(tmp_path), [], logging.getLogger("test"))

    async def read(folder: object) -> None:
        changes = gc.isenabled()
        reading = asyncio.ensure_future(service.refresh([folder]))
        while not reading.done():
            await asyncio.sleep(0.01)
            seen.append(gc.isenabled() and not reading.done())
        await reading
        assert gc.isenabled() is changes

    asyncio.run(read(Turns()))
    assert not any(seen)
    with pytest.raises(OSError, match="no disk"):
        asyncio.run(service.refresh([Failing()]))
    assert gc.isenabled()
    gc.disable()
    try:
        assert asyncio.run(service.refresh([])) == []
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_history_that_is_being_read_is_told_of_without_a_pause(record, tmp_path) -> None:
    sessions = [record() for _ in range(3)]
    runs = [session.run(lr=number) for number, session in enumerate(sessions)]
    service = Service(str(sessions[0].folder.parent.parent), [], logging.getLogger("test"))
    told: list[list[str]] = []
    pauses = []

    async def follow() -> None:
        done = asyncio.Event()

        async def send(message: dict) -> None:
            told.append([run["id"] for run in message.get("runs", message.get("changed", []))])
            pauses.append(follower.pause)
            if not message.get("more"):
                done.set()

        follower = FollowRuns(service, send, Scope("all", ""))
        await asyncio.wait_for(done.wait(), 20)
        follower.close()

    with pytest.MonkeyPatch.context() as patch:
        # Each part is one log long.
        patch.setattr("backtrail.server.follow_runs._FIRST", 0)
        patch.setattr("backtrail.server.follow_runs._LATER", 0)
        patch.setattr("backtrail.server.store._TURN", 0)
        asyncio.run(follow())
    assert sorted(run for part in told for run in part) == sorted(runs)
    assert len(told) > 1
    assert set(pauses[:-1]) == {0}
    assert pauses[-1] >= FollowRuns.pause
