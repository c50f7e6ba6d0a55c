"""What the machine does while cells of a real kernel run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Make = Callable[..., Any]

LOG = "import * as backtrail from 'backtrail';\nbacktrail.logMetric('loss', 1);"
BURN = "{ const from = process.cpuUsage().user; while (process.cpuUsage().user - from < 1.2e6); }"
ALL = {"step", "time", "cell", "cpu", "memory", "machine/cpu", "machine/memory"}


def samples(kernel: Any) -> list[dict[str, Any]]:
    """The lines of the ``system.jsonl`` of the runs of a notebook."""
    paths = sorted(kernel.runs.glob("nb/*/system.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def test_the_machine_is_looked_at_while_a_cell_awaits_and_a_sleeping_kernel_writes_nothing(
    tmp_path: Path, make_kernel: Make
) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach(system_metrics_every=1)
    kernel.run(LOG)
    cell = kernel.send(
        "import { existsSync } from 'fs';\n"
        "while (!existsSync('seen')) { await new Promise(go => setTimeout(go, 20)); }"
    )
    kernel.eventually(lambda: len([point for point in samples(kernel) if point["cell"] == 2]) >= 3)
    (tmp_path / "seen").touch()
    kernel.wait(cell)
    found = [point for point in samples(kernel) if point["cell"] == 2]
    assert all(set(point) <= ALL for point in found)
    assert set(found[-1]) == ALL, "the machine is known where there was a look before"
    assert all(point["memory"] > 10 << 20 and point["machine/memory"] > 10 << 20 for point in found)
    assert max(point["cpu"] for point in found) > 0
    (summary,) = kernel.runs.glob("nb/*/run.json")
    kernel.eventually(lambda: json.loads(summary.read_text())["metrics"].keys() == {"loss"})
    # Twice the time between two looks, and a bit: the last of them sees that no cell runs any more.
    time.sleep(2.5)
    before = samples(kernel)
    time.sleep(2.5)
    assert samples(kernel) == before
    kernel.stop()


def test_a_cell_that_leaves_no_time_is_told_of_at_its_end(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run(LOG)
    kernel.run(BURN)
    kernel.eventually(lambda: [point for point in samples(kernel) if point["cell"] == 2])
    assert samples(kernel)[-1]["cpu"] > 0
    kernel.stop()


def test_what_was_seen_before_a_run_has_a_folder_is_not_lost(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path, "javascript")
    kernel.attach()
    kernel.run(BURN)
    kernel.run("await new Promise(go => setTimeout(go, 1000));")
    assert not list(kernel.runs.glob("nb/*/system.jsonl"))
    kernel.run("const backtrail = require('backtrail');\nbacktrail.logMetric('loss', 1);")
    kernel.eventually(lambda: samples(kernel))
    assert samples(kernel)[0]["cell"] == 1
    kernel.stop()


def test_nothing_is_looked_at_when_it_is_turned_off(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach(system_metrics_every=0)
    kernel.run(LOG)
    kernel.run(BURN)
    kernel.stop()
    assert samples(kernel) == []
