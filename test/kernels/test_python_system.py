"""What cells and runs use, and what the machine does meanwhile, in a real kernel."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LOG = "import backtrail; backtrail.log(loss=1.0)"
BURN = "import time\nuntil = time.process_time() + {seconds}\nwhile time.process_time() < until: pass"


def samples(kernel: Any, run: str) -> list[dict[str, Any]]:
    """The lines of a run's ``system.jsonl``."""
    found = list(kernel.runs.glob(f"*/{run}/system.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text().splitlines()]


@pytest.fixture
def watched(start_kernel: Callable[..., Any]) -> Any:
    """A tracked kernel whose machine is looked at every second."""
    kernel = start_kernel(BACKTRAIL_SYSTEM_METRICS_EVERY="1")
    kernel.attach()
    return kernel


def test_cells_and_runs_say_what_they_used(tracked: Any) -> None:
    tracked.run(LOG)
    tracked.run(BURN.format(seconds=1.2))
    tracked.run("block = bytearray(500 << 20)")
    tracked.run("del block")
    (first, busy, large, idle) = tracked.events("cell_end")
    assert busy["cpu_seconds"] >= 1.2
    assert idle["cpu_seconds"] < 1
    assert large["peak_memory"] >= 500 << 20
    assert "peak_memory" not in idle, "the mark did not rise, so no peak is known"
    (run,) = tracked.run_ids()
    told = tracked.events("usage")
    assert told, "a run that goes on tells, for the case that its kernel is killed"
    tracked.shutdown()
    summary = tracked.summary(run)
    assert summary["usage"] == {
        name: value
        for name, value in tracked.events("usage")[-1].items()
        if name not in ("event", "time", "run")
    }
    assert summary["usage"]["cpu_seconds"] >= sum(cell["cpu_seconds"] for cell in (first, busy)) - 0.1
    assert summary["usage"]["peak_memory"] >= 500 << 20
    assert "gpu_seconds" not in summary["usage"]


def test_each_run_of_one_cell_has_its_own_usage(tracked: Any) -> None:
    burn = BURN.format(seconds=1.5).replace("\n", "\n    ")
    tracked.run(
        f"import backtrail\nfor lr in (1, 2):\n    backtrail.start_run()\n    {burn}\n    backtrail.end_run()"
    )
    tracked.run("x = 1")
    tracked.shutdown()
    used = {event["run"]: event["cpu_seconds"] for event in tracked.events("usage")}
    both = [used[run] for run in tracked.run_ids()[:2]]
    assert all(1.5 <= seconds < 3 for seconds in both), used


def test_work_between_cells_is_nobodys(tracked: Any) -> None:
    thread = BURN.format(seconds=2).replace("\n", "\n    ")
    tracked.run(
        "import os, threading, time, backtrail\n"
        f"def later():\n    while not os.path.exists('go'): time.sleep(0.01)\n    {thread}\n"
        "worker = threading.Thread(target=later); worker.start(); backtrail.log(a=1)"
    )
    assert tracked.events("cell_end")
    (tracked.folder / "go").touch()
    tracked.eventually(lambda: not tracked.expression("worker.is_alive()"))
    tracked.shutdown()
    (run,) = tracked.run_ids()
    assert tracked.summary(run)["usage"]["cpu_seconds"] < 1.5


def test_the_machine_is_looked_at_while_a_cell_runs(watched: Any) -> None:
    watched.run(LOG)
    (run,) = watched.run_ids()
    cell = watched.send("import os\nwhile not os.path.exists('seen'): sum(range(1000))")
    watched.eventually(lambda: len(samples(watched, run)) >= 4)
    (watched.folder / "seen").touch()
    watched.wait(cell)
    found = samples(watched, run)
    assert {point["cell"] for point in found} >= {2}
    assert all(point["memory"] > 10 << 20 and point["machine/memory"] > 10 << 20 for point in found)
    assert max(point.get("cpu", 0) for point in found) > 0
    assert all(
        set(point) <= {"step", "time", "cell", "cpu", "memory", "machine/cpu", "machine/memory"}
        for point in found
    )
    assert watched.summary(run)["metrics"].keys() == {"loss"}, "the run's metrics are its own"


def test_a_sleeping_kernel_writes_nothing_and_has_no_thread(watched: Any) -> None:
    watched.run(LOG)
    (run,) = watched.run_ids()
    names = "[t.name for t in __import__('threading').enumerate()]"
    busy = "len(get_ipython()._backtrail.recorder.session.background._jobs)"
    watched.eventually(lambda: samples(watched, run) and not watched.expression(busy))
    watched.eventually(lambda: "backtrail-system" not in watched.expression(names))
    before = samples(watched, run)
    time.sleep(2.5)
    assert samples(watched, run) == before
    watched.run("import time; time.sleep(1.5)")
    watched.eventually(lambda: len(samples(watched, run)) > len(before))


def test_a_run_that_recorded_nothing_gets_no_folder(watched: Any) -> None:
    watched.run("import time; time.sleep(1.5)")
    time.sleep(0.5)
    (run,) = watched.run_ids()
    assert not (watched.runs / "nb" / run).exists()
    watched.run("import backtrail; backtrail.log(loss=1)")
    watched.eventually(lambda: samples(watched, run))
    assert samples(watched, run)[0]["cell"] == 1, "what was seen before is not lost"


def test_nothing_is_looked_at_when_it_is_turned_off(start_kernel: Callable[..., Any]) -> None:
    kernel = start_kernel()
    kernel.attach(system_metrics_every=0)
    kernel.run(LOG)
    kernel.run("import time; time.sleep(1.2)")
    names = "[t.name for t in __import__('threading').enumerate()]"
    assert "backtrail-system" not in kernel.expression(names)
    kernel.shutdown()
    (run,) = kernel.run_ids()
    assert samples(kernel, run) == []
    assert kernel.events("usage"), "what a run used is no matter of looking"


def test_executions_beside_each_other_do_not_claim_each_others_work(tracked: Any) -> None:
    control = tracked.client.session.msg("create_subshell_request", {})
    tracked.client.control_channel.send(control)
    subshell = tracked.client.get_control_msg(timeout=60)["content"]["subshell_id"]
    wait = "\nimport os\nwhile not os.path.exists('over'): time.sleep(0.01)\n"
    slow = tracked.send(BURN.format(seconds=1.0) + wait + LOG)
    tracked.eventually(lambda: tracked.events("cell_start"))
    quick = tracked.send("y = 1", subshell=subshell)
    tracked.eventually(lambda: len(tracked.events("cell_end")) == 1)
    (tracked.folder / "over").touch()
    tracked.wait(slow, quick)
    ends = {event["n"]: event for event in tracked.events("cell_end")}
    assert "cpu_seconds" not in ends[2]


def test_the_environment_says_what_the_machine_is_and_how_many_threads_compute(
    start_kernel: Callable[..., Any],
) -> None:
    kernel = start_kernel(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    kernel.attach()
    kernel.run(LOG)
    kernel.run("import numpy")
    kernel.eventually(
        lambda: [e for e in kernel.events("environment") if e["threads"].get("numpy.openblas") == 1]
    )
    kernel.shutdown()
    (run,) = kernel.run_ids()
    environment = kernel.summary(run)["environment"]
    assert environment["threads"] == {"numpy.openblas": 1}
    assert environment["cpu"]["count"] >= 1
    assert environment["memory"] > 1 << 28
    assert environment["variables"]["OMP_NUM_THREADS"] == "1"
    assert environment["packages"]


def test_the_users_own_modules_are_recorded_and_again_when_they_are_reloaded(tracked: Any) -> None:
    module = tracked.folder / "own_model.py"
    module.write_text("depth = 1\nAPI_KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH'\n")
    tracked.run(f"{LOG}\nimport own_model")
    (event,) = tracked.eventually(lambda: tracked.events("modules"))
    found = event["modules"]["own_model"]
    assert (event["n"], found["path"], found["kept"]) == (1, "own_model.py", True)
    blob = Path(tracked.runs, "blobs", "sha256", found["sha256"][:2], found["sha256"]).read_text()
    assert blob.startswith("depth = 1")
    assert "sk-proj" not in blob
    assert event["withheld"]
    module.write_text("depth = 2\n")
    tracked.run("own_model.depth")
    assert len(tracked.events("modules")) == 1
    tracked.run("import importlib; importlib.reload(own_model)")
    again = tracked.eventually(lambda: tracked.events("modules")[1:])[0]["modules"]["own_model"]
    assert (
        Path(tracked.runs, "blobs", "sha256", again["sha256"][:2], again["sha256"]).read_text()
        == "depth = 2\n"
    )
