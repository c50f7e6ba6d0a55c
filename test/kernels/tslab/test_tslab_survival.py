"""What the record of a TypeScript notebook is after things went wrong, in real kernels of tslab."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]


@pytest.fixture
def kernel(tmp_path: Path, make_kernel: Make) -> Kernel:
    one = make_kernel(tmp_path)
    one.attach()
    return one


def test_a_killed_kernel_leaves_what_it_logged_and_a_cell_without_an_end(kernel: Kernel) -> None:
    kernel.send(
        "import * as backtrail from 'backtrail';"
        "for (let i = 0; ; i++) backtrail.logMetric('loss', 1 / (i + 1))"
    )
    until = time.monotonic() + 20
    while not list(kernel.runs.glob("nb/*/metrics.jsonl")):
        assert time.monotonic() < until
        time.sleep(0.05)
    kernel.kill()
    (path,) = kernel.runs.glob("nb/*/metrics.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    steps = [json.loads(line)["step"] for line in lines if line.endswith("\n")]
    assert steps == list(range(len(steps))) and len(steps) > 100
    assert kernel.events("cell_start") and not kernel.events("cell_end")


def test_a_busy_kernel_can_be_terminated(kernel: Kernel) -> None:
    kernel.send("while (true) {}")
    time.sleep(1.5)
    process = kernel.manager.provisioner.process
    os.kill(process.pid, signal.SIGTERM)
    until = time.monotonic() + 5
    while process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_cell_that_replaces_functions_is_recorded_like_any_other(kernel: Kernel) -> None:
    kernel.run("Math.random = () => 0.5; Date.now = () => 0; (performance as any).now = () => 0")
    kernel.run("(process as any).exit = () => {}; require('fs').writeSync = () => 0; 1")
    kernel.run("const kept = 1")
    kernel.run("throw 7")
    assert kernel.events("variables")[-1]["bound"]["kept"]["preview"] == "1"
    assert kernel.events("cell_end")[-1]["error"]["type"] == "number"


def test_a_child_of_the_kernel_writes_nothing_into_its_log(kernel: Kernel) -> None:
    kernel.run("import * as processes from 'child_process'")
    kernel.run("processes.execFileSync(process.execPath, ['-e', 'console.log(1)']).toString()")
    assert [event["n"] for event in kernel.events("cell_end")] == [1, 2]
    assert len(list(kernel.runs.glob("nb/sessions/*.jsonl"))) == 1
