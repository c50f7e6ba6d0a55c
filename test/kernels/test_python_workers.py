"""Processes that work for a notebook: they neither write into its record nor make records of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

WORKER = """
import os, warnings

def train(number):
    import backtrail
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for step in range(20):
            backtrail.log(loss=number, step=step)
        backtrail.log_param("worker", number)
    return os.getpid(), [str(one.message) for one in caught]
"""

SPAWN = """
import multiprocessing as mp, json, os
from train_worker import train
with mp.get_context({method!r}).Pool(2) as pool:
    found = pool.map(train, range(4), chunksize=1)
print(json.dumps([os.getpid(), found]))
"""

LOKY = """
import json, os
from joblib import Parallel, delayed
from train_worker import train
found = Parallel(n_jobs=2, backend="loky")(delayed(train)(number) for number in range(4))
print(json.dumps([os.getpid(), found]))
"""

FORK = """
import os
readable, writable = os.pipe()
for child in range(3):
    if os.fork() == 0:
        for step in range(50):
            backtrail.log(loss=-1.0)
        get_ipython().run_cell("backtrail.log_param('inner', 1)")
        os.write(writable, b"x")
        os._exit(0)
for child in range(3):
    os.wait()
print(os.read(readable, 3))
"""


def whole_logs(runs: Path) -> list[dict[str, Any]]:
    """The lines of all session logs; a damaged one would not be JSON."""
    return [
        json.loads(line)
        for path in runs.glob("**/sessions/*.jsonl")
        for line in path.read_text().splitlines()
    ]


@pytest.mark.parametrize(
    "cell",
    [SPAWN.format(method="spawn"), SPAWN.format(method="fork"), SPAWN.format(method="forkserver"), LOKY],
    ids=["spawn", "fork", "forkserver", "loky"],
)
def test_workers_leave_no_trace_and_are_told_once(tracked: Any, cell: str) -> None:
    (tracked.folder / "train_worker.py").write_text(WORKER)
    tracked.run("import backtrail\nfor step in range(5): backtrail.log(loss=0.5)")
    answer = tracked.run(cell)
    assert answer.status == "ok", answer.published
    parent, found = json.loads(answer.text.splitlines()[-1])
    assert parent not in {pid for pid, _ in found}
    told = [sentence for _, sentences in found for sentence in sentences]
    assert 1 <= len(told) <= len({pid for pid, _ in found}), "each process is told once"
    assert all("not kept" in sentence for sentence in told)
    tracked.run("for step in range(5): backtrail.log(loss=0.25)")
    tracked.shutdown()
    assert len(tracked.logs()) == 1
    assert [path.name for path in tracked.runs.iterdir() if (path / "sessions").exists()] == ["nb"]
    (run,) = tracked.run_ids()
    assert [point["loss"] for point in tracked.points(run)] == [0.5] * 5 + [0.25] * 5
    assert not [event for event in whole_logs(tracked.runs) if event.get("key") == "worker"]


def test_children_that_are_forked_in_a_cell_write_nothing(tracked: Any) -> None:
    tracked.run("import backtrail, warnings; warnings.simplefilter('ignore'); backtrail.log(loss=1.0)")
    # git is a child too, and the cell waits for any.
    tracked.eventually(lambda: tracked.events("code"))
    answer = tracked.run(FORK)
    assert "b'xxx'" in answer.text
    tracked.run("backtrail.log(loss=2.0)")
    tracked.shutdown()
    (run,) = tracked.run_ids()
    assert [point["loss"] for point in tracked.points(run)] == [1.0, 2.0]
    starts = [event["n"] for event in tracked.events("cell_start")]
    assert starts == sorted(set(starts))
    assert not [event for event in tracked.events() if event.get("key") == "inner"]
    assert len(tracked.events("session_end")) == 1


def test_workers_of_scikit_learn_leave_the_record_whole(tracked: Any) -> None:
    tracked.run(
        "from sklearn.ensemble import RandomForestClassifier\n"
        "from sklearn.datasets import load_iris\n"
        "from sklearn.model_selection import cross_val_score\n"
        "import backtrail\n"
        "X, y = load_iris(return_X_y=True)\n"
        "scores = cross_val_score(RandomForestClassifier(20, n_jobs=2), X, y, n_jobs=2, cv=3)\n"
        "backtrail.log(acc=scores.mean())"
    )
    tracked.shutdown()
    (run,) = tracked.run_ids()
    assert len(tracked.logs()) == 1
    assert [point["acc"] for point in tracked.points(run) if "acc" in point]
    assert whole_logs(tracked.runs)


@pytest.mark.parametrize("name", ["RANK", "LOCAL_RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK"])
def test_of_the_processes_of_a_job_only_the_first_records(tmp_path: Path, name: str) -> None:
    script = tmp_path / "train.py"
    script.write_text("import backtrail\nbacktrail.log(loss=0.1)\n")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("BACKTRAIL")},
        "PYTHONPATH": str(ROOT),
        "JUPYTER_DATA_DIR": str(tmp_path / "jupyter"),
    }
    done = [
        subprocess.run(
            [sys.executable, str(script)],
            env={**environment, name: rank},
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
        for rank in ("0", "1", "2")
    ]
    assert done[0].stderr == ""
    assert f"with {name}=2 nothing" in done[2].stderr
    assert len(list((tmp_path / "runs" / "train" / "sessions").iterdir())) == 1


CAPTURED = """
import os, warnings
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
X, y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2
children = []
for number in range(2):
    child = os.fork()
    if child == 0:
        try:
            model = LogisticRegression(C=7.5, max_iter=333).fit(X, y)
            print("Epoch 1, loss: 0.125")
            accuracy_score(y, model.predict(X))
            open(f"forked-{number}.csv", "w").write("a,b")
        finally:
            os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
"""


def test_what_is_captured_without_a_call_is_not_captured_in_a_forked_child(tracked: Any) -> None:
    tracked.run("import backtrail; backtrail.log(loss=1.0)")
    tracked.run(CAPTURED)
    tracked.shutdown()
    assert (tracked.folder / "forked-1.csv").exists()
    events = whole_logs(tracked.runs)
    params = [(event["run"], event["key"]) for event in events if event["event"] == "param"]
    assert len(params) == len(set(params)), "each argument is told once, by the notebook itself"
    assert len([event for event in events if event["event"] == "session_end"]) == 1
    for run in tracked.run_ids():
        assert {key for point in tracked.points(run) for key in point} <= {"step", "time", "cell", "loss"}


LAUNCH = """
import multiprocessing as mp, os

def process(index, size):
    # What notebook_launcher does in each process before it calls the training function.
    os.environ.update(LOCAL_RANK=str(index), RANK=str(index), WORLD_SIZE=str(size))
    for epoch in range(3):
        backtrail.log(loss=1 / (epoch + 1 + index * 100))
        backtrail.log_metrics({"acc": 0.5 + epoch / 10, "f1": float("nan")}, step=epoch)
    worker = mp.get_context("fork").Process(target=backtrail.log_metric, args=("worker", 1.0))
    worker.start(); worker.join()

import backtrail
processes = [mp.get_context("fork").Process(target=process, args=(index, 2)) for index in range(2)]
for one in processes: one.start()
for one in processes: one.join()
print([one.exitcode for one in processes])
"""


def test_of_processes_that_a_notebook_launches_the_first_one_logs_into_its_run(tracked: Any) -> None:
    assert "[0, 0]" in tracked.run(LAUNCH, "a").text
    (run,) = tracked.run_ids()
    tracked.eventually(lambda: tracked.summary(run).get("metrics"))
    points = tracked.points(run)
    assert [point["loss"] for point in points if "loss" in point] == [1, 1 / 2, 1 / 3]
    assert [point["acc"] for point in points if "acc" in point] == [0.5, 0.6, 0.7]
    assert not [point for point in points if "worker" in point], "its own workers are no first process"
    assert {point["cell"] for point in points} == {1}
    assert tracked.summary(run)["metrics"]["loss"] == {
        "last": 1 / 3, "min": 1 / 3, "max": 1, "first": 1, "count": 3, "step": 2,
    }  # fmt: skip
    assert tracked.run(LAUNCH, "a").status == "ok"
    assert len(tracked.run_ids()) == 2, "executed again, it is another run"
    tracked.run("backtrail.log(loss=7.0)", "b")
    tracked.shutdown()
    second = tracked.run_ids()[1]
    assert tracked.summary(second)["metrics"]["loss"]["count"] == 4
    assert len(tracked.logs()) == 1
