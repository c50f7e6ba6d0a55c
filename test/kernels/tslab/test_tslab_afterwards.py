"""What a cell of tslab is answered before, and what comes after that, in real kernels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]

# Looks for longer than an answer takes at this text, which only the values of the notebook have.
SLOW = "(a+)+$"
LONG = "'a'.repeat(25) + '!'"


@pytest.fixture
def kernel(tmp_path: Path, make_kernel: Make) -> Kernel:
    one = make_kernel(tmp_path)
    one.attach()
    return one


def of_cell(kernel: Kernel, n: int) -> dict[str, Any]:
    """What an execution bound, by name, and why more may have changed."""
    (event,) = [event for event in kernel.events("variables") if event["n"] == n]
    bound = {name: value.get("preview") for name, value in event.get("bound", {}).items()}
    return {**bound, "unknown": event.get("unknown", [])}


def test_a_cell_is_answered_before_it_is_looked_at(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach(redact=[SLOW])
    reply, printed = kernel.run(f"const text = {LONG}; console.log(text.length)")
    ends = kernel.events("cell_end", settled=False)
    assert (reply["status"], printed, ends) == ("ok", "26\n", [])
    ends = kernel.eventually(lambda: kernel.events("cell_end", settled=False))
    (seen,) = kernel.events("variables")
    assert "text" in seen["bound"]
    # The time is that of the cell, and not of the look.
    assert ends[0]["time"] < seen["time"]


def test_a_cell_that_waits_begins_when_the_one_before_was_looked_at(kernel: Kernel) -> None:
    kernel.wait(*[kernel.send(code) for code in ("let a = 1", "a = 2", "a = 3; let b = a")])
    order = [(event["event"], event["n"]) for event in kernel.events("cell_start", "cell_end")]
    assert order == [(kind, n) for n in (1, 2, 3) for kind in ("cell_start", "cell_end")]
    assert [of_cell(kernel, n)["a"] for n in (1, 2, 3)] == ["1", "2", "3"]


def test_what_a_timer_does_after_a_cell_is_not_the_cells(kernel: Kernel) -> None:
    kernel.run("let x = 1; setTimeout(() => { x = 2 }, 0); setImmediate(() => { x = 3 })")
    kernel.run("const y = x")
    assert of_cell(kernel, 1) == {"x": "1", "unknown": []}
    assert of_cell(kernel, 2)["unknown"] == ["changed between executions: x"]
    assert of_cell(kernel, 2)["y"] in ("2", "3")


def test_what_promises_do_before_anything_else_can_happen_is_the_cells(kernel: Kernel) -> None:
    kernel.run("let steps = 0; (async () => { for (; steps < 500; steps++) await null })(); 0")
    kernel.run("1")
    assert of_cell(kernel, 1) == {"steps": "500", "unknown": []}
    assert not [event for event in kernel.events("variables") if event["n"] == 2]


def test_a_kernel_that_ends_by_itself_leaves_the_end_of_its_last_cell(kernel: Kernel) -> None:
    kernel.send("const last = 1; process.nextTick(() => process.exit(0))")
    kernel.eventually(lambda: not kernel.manager.is_alive())
    assert of_cell(kernel, 1) == {"last": "1", "unknown": []}
    assert [event["event"] for event in kernel.events("cell_end", "session_end")] == [
        "cell_end",
        "session_end",
    ]


def test_a_notebook_that_replaces_the_clocks_is_looked_at_all_the_same(kernel: Kernel) -> None:
    kernel.run("process.nextTick = () => {}; (globalThis as any).setImmediate = () => {}; const kept = 1")
    kernel.run("const more = 2")
    assert (of_cell(kernel, 1)["kept"], of_cell(kernel, 2)["more"]) == ("1", "2")


def test_a_kernel_that_is_killed_right_after_an_answer_keeps_what_was_logged(kernel: Kernel) -> None:
    kernel.run("import * as backtrail from 'backtrail'")
    kernel.run("for (let i = 0; i < 1000; i++) backtrail.logMetric('loss', i)")
    kernel.kill()
    (path,) = kernel.runs.glob("nb/*/metrics.jsonl")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1000
    assert [event["n"] for event in kernel.events("cell_start")] == [1, 2]
