"""A notebook's folder that is read while it is written."""

from __future__ import annotations

import gc
import json
import random
import shutil
from pathlib import Path

import pytest

from backtrail.runlog import layout
from backtrail.server.folder import NotebookFolder
from backtrail.server.places import Places
from backtrail.server.store import Store

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


def test_the_collector_of_garbage_works_again_after_reading_also_where_that_failed(
    tmp_path, monkeypatch
) -> None:
    seen = []

    class Failing:
        def refresh(self, until: float) -> bool:
            assert until > 0
            seen.append(gc.isenabled())
            raise OSError("no disk")

    store = Store(Places(str(tmp_path)))
    with pytest.raises(OSError, match="no disk"):
        store.refresh([Failing()])
    assert seen == [False]
    assert gc.isenabled()
    gc.disable()
    try:
        assert store.refresh([])
        assert not gc.isenabled()
    finally:
        gc.enable()
