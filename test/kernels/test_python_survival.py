"""What was acknowledged survives; what could not be kept is said; the cell goes on either way."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from backtrail.runlog.summary import read_notebook

# The cell notes in a file of its own, without any buffer, which call has returned.
COUNT = """import backtrail, os
said = os.open('said', os.O_WRONLY | os.O_CREAT)
backtrail.log_param('last', 'param')
i = 0
while True:
    backtrail.log_metric('loss', 0.5, step=i)
    os.pwrite(said, b'%010d' % i, 0)
    i += 1
"""


def whole_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def test_no_acknowledged_point_is_lost_when_the_kernel_is_killed(start_kernel: Any) -> None:
    chance = random.Random(5)
    for number in range(5):
        kernel = start_kernel(f"round-{number}")
        kernel.attach()
        kernel.send(COUNT)
        said = kernel.folder / "said"
        kernel.eventually(lambda said=said: said.exists() and said.read_bytes())
        time.sleep(chance.uniform(0.05, 0.4))
        os.kill(kernel.manager.provisioner.pid, signal.SIGKILL)
        kernel.manager.provisioner.process.wait()
        acknowledged = int(said.read_bytes())
        (run,) = kernel.run_ids()
        points = whole_lines(next(kernel.runs.glob(f"*/{run}/metrics.jsonl")))
        assert [point["step"] for point in points[: acknowledged + 1]] == list(range(acknowledged + 1))
        summary = read_notebook(kernel.runs / "nb").summary(run)
        assert summary["status"] == "killed"
        assert summary["metrics"]["loss"]["count"] == len(points)
        assert summary["params"] == {"last": "param"}
        assert summary["cells"][-1]["status"] == "killed"


def test_a_killed_kernels_run_gives_its_number_away_only_once(start_kernel: Any) -> None:
    kernel = start_kernel()
    kernel.attach()
    kernel.run("import backtrail\nbacktrail.log(a=1.0)")
    (run,) = kernel.run_ids()
    kernel.eventually(lambda: kernel.summary(run))
    os.kill(kernel.manager.provisioner.pid, signal.SIGKILL)
    kernel.manager.provisioner.process.wait()
    again = start_kernel()
    again.attach()
    again.run("1")
    assert again.events("run_start")[0]["number"] == 2


def test_a_forked_child_never_writes_to_the_log_of_its_parent(tracked: Any) -> None:
    answer = tracked.run(
        "import backtrail, os, sys, multiprocessing\n"
        "def work(n):\n"
        "    backtrail.log_metric('child', float(n)); backtrail.log_param('child', n); return n * n\n"
        "backtrail.log_metric('parent', 1.0)\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    print(pool.map(work, range(4)))\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    try: work(9)\n"
        "    finally: os._exit(0)\n"
        "print('waited', os.waitpid(pid, 0)[1])\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    work(9); get_ipython().run_cell('work(8)'); get_ipython()._backtrail._at_exit(); os._exit(0)\n"
        "os.waitpid(pid, 0)\n"
        "backtrail.log_metric('parent', 2.0)"
    )
    assert "[0, 1, 4, 9]" in answer.text, answer.text
    (run,) = tracked.run_ids()
    assert [sorted(point) for point in tracked.points(run)] == [["cell", "parent", "step", "time"]] * 2
    assert "param" not in {event["event"] for event in tracked.events()}
    assert len(tracked.logs()) == 1
    assert [event["n"] for event in tracked.events("cell_start")] == [1]
    tracked.run("backtrail.log_metric('parent', 3.0)")
    assert tracked.points(run)[-1]["parent"] == 3.0


def test_a_user_who_closes_every_descriptor_gets_none_of_our_lines_and_loses_none(tracked: Any) -> None:
    # Standard streams and the sockets of the kernel are spared: without them it cannot answer at all.
    tracked.run("import backtrail, os\nbacktrail.log_metric('loss', 1.0)", "a")
    answer = tracked.run(
        "ours = [int(n) for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')"
        " and '/runs/' in os.readlink(f'/proc/self/fd/{n}')]\n"
        "for n in ours: os.close(n)\n"
        "import fcntl\n"
        "mine = os.open('mine.txt', os.O_RDWR | os.O_CREAT)\n"
        "for n in ours: os.dup2(mine, n)\nlen(ours)",
        "b",
    )
    assert answer.outputs[0][1]["data"]["text/plain"] == "2"
    tracked.run("backtrail.log_metric('loss', 2.0)\nbacktrail.log_param('p', 1)", "c")
    tracked.run("os.fstat(mine).st_size", "d")
    (run,) = tracked.run_ids()
    assert [point["loss"] for point in tracked.points(run)] == [1.0, 2.0]
    assert [event["key"] for event in tracked.events("param")] == ["p"]
    assert (tracked.folder / "mine.txt").read_bytes() == b""


def test_a_log_that_is_deleted_is_begun_anew_and_says_so(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log_param('lr', 0.1)\nbacktrail.log_metric('loss', 1.0)", "a")
    (run,) = tracked.run_ids()
    tracked.eventually(lambda: tracked.summary(run))
    shutil.rmtree(tracked.runs)
    tracked.run("backtrail.log_metric('loss', 2.0)", "b")
    events = tracked.events()
    assert events[0]["event"] == "session"
    assert "was deleted" in tracked.events("warning")[0]["message"]
    assert tracked.events("run_start")[0]["run"] == run
    assert tracked.events("param")[0]["value"] == 0.1
    assert [start["cell"] for start in tracked.events("cell_start")] == ["b"]
    assert [point["loss"] for point in tracked.points(run)] == [2.0]
    tracked.shutdown()
    assert tracked.summary(run) == read_notebook(tracked.runs / "nb").summary(run)
    assert tracked.summary(run)["metrics"]["loss"]["count"] == 1


def test_a_log_that_is_deleted_in_the_middle_of_a_cell_loses_only_what_was_before(tracked: Any) -> None:
    tracked.run("import backtrail, shutil\nbacktrail.log_metric('loss', 1.0)", "a")
    tracked.run("shutil.rmtree('runs')\nbacktrail.log_metric('loss', 2.0)", "b")
    tracked.run("backtrail.log_metric('loss', 3.0)", "c")
    (run,) = tracked.run_ids()
    assert [start["cell"] for start in tracked.events("cell_start")] == ["b", "c"]
    assert [end["n"] for end in tracked.events("cell_end")] == [2, 3]
    assert tracked.points(run)[-1]["loss"] == 3.0


def test_a_folder_of_runs_that_is_moved_is_followed(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log_metric('loss', 1.0)", "a")
    for written in ("cell_end", "code", "environment"):
        tracked.eventually(lambda written=written: tracked.events(written))
    tracked.runs.rename(tracked.folder / "moved")
    tracked.runs = tracked.folder / "moved"
    tracked.run("backtrail.log_metric('loss', 2.0)", "b")
    tracked.run("backtrail.end_run()\nbacktrail.log_metric('loss', 3.0)", "c")
    assert not (tracked.folder / "runs").exists()
    first, second = tracked.run_ids()
    assert [point["loss"] for point in tracked.points(first)] == [1.0, 2.0]
    assert [point["loss"] for point in tracked.points(second)] == [3.0]


def test_a_folder_that_cannot_be_written_is_said_and_the_cells_go_on(kernel: Any) -> None:
    kernel.runs.write_text("a file where the folder should be")
    reply = kernel.attach()
    assert reply["state"] == "failed"
    assert str(kernel.runs) in reply["message"]
    assert reply["message"].startswith("Nothing is recorded, because the folder of runs cannot be written")
    answer = kernel.run("import backtrail\nfor i in range(3): backtrail.log(loss=1.0)\n'on'")
    assert answer.outputs[-1][1]["data"]["text/plain"] == "'on'"
    assert answer.text.count("Nothing is recorded") == 1
    kernel.runs.unlink()
    assert kernel.attach()["state"] == "recording"


def test_a_full_disk_stops_no_cell_and_what_was_lost_is_counted(tracked: Any) -> None:
    tracked.run("import backtrail, resource\nbacktrail.log_metric('loss', 0.0)", "a")
    (run,) = tracked.run_ids()
    tracked.eventually(lambda: tracked.summary(run).get("environment"))
    answer = tracked.run(
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))\n"
        "for i in range(2000): backtrail.log_metric('loss', float(i))\n"
        "for i in range(500): backtrail.log_param(f'p{i}', 'x' * 50)\n'done'",
        "b",
    )
    # A warning of what cannot be written may come behind it.
    (shown,) = (content for kind, content in answer.outputs if kind == "execute_result")
    assert shown["data"]["text/plain"] == "'done'"
    path = next(tracked.runs.glob(f"*/{run}/metrics.jsonl"))
    assert path.stat().st_size == 20000
    tracked.run("resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)", "c")
    tracked.run("backtrail.log_metric('loss', -1.0)", "d")
    values = [point["loss"] for point in tracked.points(run)]
    assert values == [0.0, *(float(i) for i in range(2000)), -1.0]
    assert len(tracked.events("param")) == 500


def test_lines_that_do_not_fit_into_memory_while_the_disk_is_full_are_counted(tracked: Any) -> None:
    tracked.run("import backtrail, resource\nbacktrail.log_metric('loss', 0.0)", "a")
    (run,) = tracked.run_ids()
    tracked.eventually(lambda: tracked.summary(run).get("environment"))
    tracked.run(
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))\n"
        "for i in range(100_000): backtrail.log_metric('loss', 1.0)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)",
        "b",
    )
    tracked.run("1", "c")
    (warning,) = tracked.events("warning")
    lost = int(warning["message"].split()[0])
    assert warning["message"] == f"{lost} lines of metrics.jsonl are lost: File too large."
    assert len(tracked.points(run)) + lost == 100_001
    tracked.shutdown()
    assert tracked.summary(run)["metrics"]["loss"]["count"] == len(tracked.points(run))


def test_an_interrupt_in_the_middle_of_logging_leaves_a_true_summary(tracked: Any) -> None:
    tracked.run("import backtrail", "a")
    for _ in range(3):
        count = len(tracked.events("cell_start"))
        request = tracked.send("open('begun', 'w').close()\nwhile True: backtrail.log_metric('loss', 1.0)")
        tracked.eventually(lambda count=count: len(tracked.events("cell_start")) > count)
        tracked.eventually((tracked.folder / "begun").exists)
        (tracked.folder / "begun").unlink()
        time.sleep(0.2)
        tracked.manager.interrupt_kernel()
        assert tracked.wait(request)[0].reply["ename"] == "KeyboardInterrupt"
    tracked.shutdown()
    for run in tracked.run_ids():
        assert tracked.summary(run)["metrics"]["loss"]["count"] == len(tracked.points(run))


# In the place of what comes before the cell, and takes no time otherwise.
SLOW = """
from backtrail.tracker.cells import Cells
import time
def slow(self, *given, begin=Cells._begin):
    open('beginning', 'w').close()
    time.sleep(1)
    begin(self, *given)
Cells._begin = slow
"""


@pytest.mark.parametrize("wait", ["time.sleep(0.01)", "await asyncio.sleep(0.01)"])
def test_an_interrupt_that_comes_before_the_cell_has_begun_meets_the_cell(tracked: Any, wait: str) -> None:
    tracked.run("import asyncio, time", "a")
    tracked.expression(f"exec({SLOW!r}, {{}})")
    request = tracked.send(f"while True: {wait}", "b")
    tracked.eventually((tracked.folder / "beginning").exists)
    tracked.manager.interrupt_kernel()
    answer = tracked.wait(request)[0]
    assert answer.reply["ename"] in ("KeyboardInterrupt", "CancelledError")
    end = tracked.events("cell_end")[-1]
    assert (end["n"], end["status"]) == (2, "interrupted")
    assert tracked.events("warning") == []


def test_many_threads_log_whole_lines_and_lose_none(tracked: Any) -> None:
    tracked.run(
        "import backtrail, threading\n"
        "def work(name):\n"
        "    for i in range(2000):\n"
        "        backtrail.log_metric('shared', float(i))\n"
        "        backtrail.log_metric(name, float(i), step=i)\n"
        "threads = [threading.Thread(target=work, args=(f'own{n}',)) for n in range(8)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()"
    )
    (run,) = tracked.run_ids()
    points = tracked.points(run)
    assert sorted(point["step"] for point in points if "shared" in point) == list(range(16000))
    for n in range(8):
        assert [point["step"] for point in points if f"own{n}" in point] == list(range(2000))
    tracked.shutdown()
    assert tracked.summary(run)["metrics"]["shared"]["count"] == 16000


def test_warnings_as_errors_do_not_turn_ours_into_one(tracked: Any) -> None:
    answer = tracked.run(
        "import backtrail, warnings\nwarnings.simplefilter('error')\n"
        "backtrail.log_metric('loss', 'much')\nbacktrail.autolog()\n'on'"
    )
    assert answer.outputs[-1][1]["data"]["text/plain"] == "'on'"
