"""What the record of a TypeScript notebook is after things went wrong, in real kernels of tslab."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
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
    kernel.eventually(
        lambda: [p for p in kernel.runs.glob("nb/*/metrics.jsonl") if p.stat().st_size > 20_000]
    )
    kernel.kill()
    (path,) = kernel.runs.glob("nb/*/metrics.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    steps = [json.loads(line)["step"] for line in lines if line.endswith("\n")]
    assert steps == list(range(len(steps))) and len(steps) > 100
    assert kernel.events("cell_start") and not kernel.events("cell_end")


def test_a_kernel_that_is_killed_while_it_compiles_leaves_the_cell_that_it_compiled(
    tmp_path: Path, kernel: Kernel
) -> None:
    kernel.run("1")
    types = "\n".join(
        f"export function f{i}<T extends {{ a{i}: number }}>(x: T, y: (z: T) => T[]) {{ "
        f"return y(x).map(one => ({{ ...one, b{i}: [x, y(one)] as const }})).filter(one => one.a{i} > {i}) }}"
        for i in range(6000)
    )
    (tmp_path / "types.ts").write_text(types)
    kernel.send("import { f1 } from './types'; f1")
    until = time.monotonic() + 60
    while len(starts := kernel.events("cell_start")) < 2:
        assert time.monotonic() < until
        time.sleep(0.005)
    compiled = kernel.events("compiled")
    kernel.kill()
    assert len(compiled) == 1
    assert starts[1]["source"] == "import { f1 } from './types'; f1"


def test_a_busy_kernel_can_be_terminated(kernel: Kernel) -> None:
    kernel.send("require('fs').writeFileSync('begun', ''); while (true) {}")
    kernel.eventually((kernel.folder / "begun").exists)
    process = kernel.manager.provisioner.process
    os.kill(process.pid, signal.SIGTERM)
    kernel.eventually(lambda: process.poll() is not None)


def test_a_cell_that_replaces_functions_is_recorded_like_any_other(kernel: Kernel) -> None:
    kernel.run("Math.random = () => 0.5; Date.now = () => 0; (performance as any).now = () => 0")
    kernel.run("(process as any).exit = () => {}; require('fs').writeSync = () => 0; 1")
    kernel.run("const kept = 1")
    kernel.run("throw 7")
    assert kernel.events("variables")[-2]["bound"]["kept"]["preview"] == "1"
    assert kernel.events("cell_end")[-1]["error"]["type"] == "number"


def points_of(kernel: Kernel) -> list[dict[str, Any]]:
    kernel.settle()
    (path,) = kernel.runs.glob("nb/*/metrics.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def limit_files(kernel: Kernel, size: int) -> None:
    """No file of the kernel's may become larger, as where the disk is full."""
    import resource  # noqa: PLC0415 - not on Windows

    pid = kernel.manager.provisioner.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_log_that_is_deleted_between_cells_is_begun_anew_with_what_is_open(kernel: Kernel) -> None:
    kernel.run(
        "import * as backtrail from 'backtrail'; import { rmSync } from 'node:fs';"
        "backtrail.logParam('rate', 0.1); backtrail.logParam('api_key', 'hunter2hunter2');"
        "backtrail.setTag('kind', 'trial')"
    )
    before = kernel.events("cell_end", "run_start")
    assert [event["event"] for event in before] == ["run_start", "cell_end"]
    shutil.rmtree(kernel.runs)
    time.sleep(0.3)  # Within 250 ms of the last cell nothing is looked at before the next one ends.
    kernel.run("backtrail.logMetric('loss', 0.5)", "second")
    first, lost, *events = kernel.events()
    assert first["event"] == "session" and "was deleted" in lost["message"]
    (run,) = [event["run"] for event in events if event["event"] == "run_start"]
    assert run == before[0]["run"]
    params = {event["key"]: event["value"] for event in events if event["event"] == "param"}
    assert params["rate"] == 0.1 and "hunter2" not in json.dumps(events)
    assert [event["value"] for event in events if event["event"] == "tag"] == ["trial"]
    told = [event["event"] for event in events if event.get("n") == 2]
    assert told[:2] == ["cell_start", "compiled"] and told.count("cell_start") == 1 and told[-1] == "cell_end"
    assert [point["loss"] for point in points_of(kernel)] == [0.5]


def test_a_log_that_a_cell_deletes_is_begun_anew_with_that_cell(kernel: Kernel) -> None:
    kernel.run("1 + 1", "first")
    kernel.run("(require('fs') as any).rmSync('runs', { recursive: true }); const x = 1", "second")
    kernel.run("x", "third")
    starts = kernel.events("cell_start")
    assert [event["cell"] for event in starts] == ["second", "third"]
    assert [event["n"] for event in kernel.events("compiled")] == [2, 3]
    assert [event["n"] for event in kernel.events("cell_end")] == [2, 3]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where a file was moved to")
def test_a_folder_of_runs_that_is_moved_between_cells_is_followed(kernel: Kernel) -> None:
    kernel.run("import * as backtrail from 'backtrail'; backtrail.logMetric('loss', 1)", "first")
    for written in ("code", "environment"):
        kernel.eventually(lambda written=written: kernel.events(written))
    moved = kernel.folder / "moved"
    kernel.runs.rename(moved)
    kernel.runs = moved
    time.sleep(0.3)
    # A new run, whose folder is made while the cell runs.
    kernel.run(
        "const run = backtrail.startRun('second'); backtrail.logMetric('loss', 2);"
        "require('fs').writeFileSync('model.txt', 'a'); backtrail.logArtifact('model.txt')",
        "second",
    )
    assert [event["cell"] for event in kernel.events("cell_start")] == ["first", "second"]
    texts = [path.read_text(encoding="utf-8") for path in moved.glob("nb/*/metrics.jsonl")]
    assert sorted(json.loads(text)["loss"] for text in texts) == [1, 2]
    assert len(list(moved.glob("nb/*/artifacts/model.txt"))) == 1
    kernel.eventually(lambda: len(list(moved.glob("nb/*/run.json"))) == 2)
    assert not (kernel.folder / "runs").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are of Linux")
def test_a_full_disk_stops_no_cell_and_nothing_is_lost_that_fits_into_memory(kernel: Kernel) -> None:
    kernel.run("import * as backtrail from 'backtrail'; backtrail.logMetric('loss', 0)")
    kernel.run("process.on('SIGXFSZ', () => 0)")
    (metrics,) = kernel.runs.glob("nb/*/metrics.jsonl")
    limit_files(kernel, 20_000)
    _, printed = kernel.run(
        "for (let i = 0; i < 2000; i++) { backtrail.logMetric('loss', i) }"
        "for (let i = 0; i < 500; i++) { backtrail.logParam(`p${i}`, 'x'.repeat(50)) } 'done'"
    )
    assert printed == "done\n"
    assert metrics.stat().st_size == 20_000
    limit_files(kernel, -1)
    kernel.run("backtrail.logMetric('loss', -1)")
    assert [point["loss"] for point in points_of(kernel)] == [0, *range(2000), -1]
    assert len(kernel.events("param")) == 500
    assert [event["n"] for event in kernel.events("cell_end")] == [1, 2, 3, 4]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are of Linux")
def test_lines_that_do_not_fit_into_memory_while_the_disk_is_full_are_counted(kernel: Kernel) -> None:
    kernel.run("import * as backtrail from 'backtrail'; backtrail.logMetric('loss', 0)")
    kernel.run("process.on('SIGXFSZ', () => 0)")
    limit_files(kernel, 20_000)
    kernel.run("for (let i = 0; i < 100000; i++) { backtrail.logMetric('loss', 1) }")
    limit_files(kernel, -1)
    kernel.run("backtrail.logMetric('loss', 2)")
    messages = [event["message"] for event in kernel.events("warning")]
    (lost,) = [message for message in messages if "lost" in message]
    assert " lines of metrics.jsonl are lost: " in lost
    assert len(points_of(kernel)) + int(lost.split()[0]) == 100_002


FORKED = """
import * as processes from 'child_process';
import * as threads from 'worker_threads';
import cluster from 'cluster';
import * as fs from 'fs';
fs.writeFileSync('child.cjs', `
  const fs = require('fs');
  try { require('backtrail') } catch {}
  for (let i = 0; i < 5; i++) console.log('loss: ' + i, Math.random());
  fs.writeFileSync('child-' + process.pid, 'x');
  if (process.send) process.send('done', () => process.exit(0));
`);
"""


def test_forked_processes_workers_and_clusters_never_write_into_the_log(
    tmp_path: Path, make_kernel: Make
) -> None:
    kernel = make_kernel(tmp_path, "javascript")
    kernel.attach()
    kernel.run(FORKED)
    kernel.run(
        "await new Promise(done => processes.fork('./child.cjs', { silent: true }).on('exit', done)); "
        "const again = processes.fork('./child.cjs', { silent: true }); "
        "await new Promise(done => again.on('exit', done))"
    )
    kernel.run(
        "await new Promise(done => new threads.Worker('./child.cjs', { stdout: true }).on('exit', done))"
    )
    kernel.run(
        "await new Promise(done => new threads.Worker('throw new Error(1)', { eval: true })"
        ".on('error', () => done()))"
    )
    kernel.run("cluster.setupPrimary({ exec: './child.cjs', silent: true })")
    kernel.run("await new Promise(done => { cluster.fork(); cluster.on('exit', done) })")
    kernel.run("const right = 45; const accuracy = right / 50")
    assert [event["n"] for event in kernel.events("cell_start")] == list(range(1, 8))
    assert [event["status"] for event in kernel.events("cell_end")] == ["finished"] * 7
    assert len(list(kernel.runs.glob("nb/sessions/*.jsonl"))) == 1
    assert len(list(kernel.runs.glob("*"))) == 2  # The notebook's folder, and blobs.
    assert [(point["cell"], point["accuracy"]) for point in points_of(kernel)] == [(7, 0.9)]
    assert not [event for event in kernel.events("warning") if "in Backtrail" in event["message"]]


def test_a_cell_that_ends_the_process_leaves_its_record(kernel: Kernel) -> None:
    kernel.run("import * as backtrail from 'backtrail'")
    kernel.send("backtrail.logMetric('loss', 0.5); process.exit(3)")
    process = kernel.manager.provisioner.process
    kernel.eventually(lambda: process.poll() is not None)
    assert points_of(kernel)[-1]["loss"] == 0.5
    assert kernel.events()[-1]["event"] == "session_end" and kernel.events()[-1]["reason"] == "exit"
    assert [event["n"] for event in kernel.events("cell_start")] == [1, 2]
    assert [event["n"] for event in kernel.events("cell_end")] == [1]


def test_functions_of_fs_that_a_cell_replaces_reach_nothing_of_the_tracker(kernel: Kernel) -> None:
    kernel.run("import * as backtrail from 'backtrail'; const fs = require('fs'); let called = 0")
    kernel.run(
        "for (const name of Object.keys(fs)) { if (/Sync$/.test(name)) { "
        "(fs as any)[name] = () => { called++; throw new Error('mine') } } } called = 0"
    )
    kernel.run("const kept = 1; backtrail.logMetric('loss', 0.5); backtrail.logParam('rate', 0.1)")
    assert kernel.run("called")[1] == "0\n"
    assert points_of(kernel)[-1]["loss"] == 0.5
    assert kernel.events("variables")[-2]["bound"]["kept"]["preview"] == "1"


def test_a_cell_that_calls_a_variable_exports_fails_by_itself_and_the_next_ones_go_on(kernel: Kernel) -> None:
    kernel.run("const exports = 3")
    kernel.run("{ const exports = 3; exports }")
    kernel.run("const inside = () => { const exports = 3; return exports }; inside()")
    statuses = [event["status"] for event in kernel.events("cell_end")]
    assert statuses[0] == "failed" and statuses[1:] == ["finished", "finished"]
    assert kernel.events("cell_end")[0]["error"]["type"] == "SyntaxError"


def test_a_child_of_the_kernel_writes_nothing_into_its_log(kernel: Kernel) -> None:
    kernel.run("import * as processes from 'child_process'")
    kernel.run("processes.execFileSync(process.execPath, ['-e', 'console.log(1)']).toString()")
    assert [event["n"] for event in kernel.events("cell_end")] == [1, 2]
    assert len(list(kernel.runs.glob("nb/sessions/*.jsonl"))) == 1


def test_a_cell_at_which_the_compiler_itself_fails_is_told_with_how(kernel: Kernel) -> None:
    reply, printed = kernel.run("const deep = " + "[" * 3000 + "]" * 3000)
    assert reply["status"] == "error" and "Maximum call stack size exceeded" in printed
    assert "register.cjs" not in printed
    (end,) = kernel.events("cell_end")
    assert end["error"] == {
        "type": "RangeError",
        "message": "Maximum call stack size exceeded",
        "unparsable": True,
    }


def test_a_kernel_that_is_shut_down_while_a_cell_waits_ends_its_session_with_it(kernel: Kernel) -> None:
    kernel.run("const rate = 0.1; console.log('loss: 0.5')")
    kernel.send("require('fs').writeFileSync('begun', ''); await new Promise(r => setTimeout(r, 600000))")
    kernel.eventually((kernel.folder / "begun").exists)
    # Node ends if it hears of the interrupt that comes first while it leaves the part that does not wait.
    time.sleep(1)
    kernel.client.shutdown()
    time.sleep(0.5)
    kernel.manager.interrupt_kernel()
    kernel.eventually(lambda: kernel.events("session_end", settled=False))
    # Its timer would keep it for long.
    kernel.kill()
    ends = kernel.events("cell_end", "run_end", "session_end")
    assert [(event["event"], event.get("status")) for event in ends] == [
        ("cell_end", "finished"),
        ("cell_end", "interrupted"),
        ("run_end", "interrupted"),
        ("session_end", None),
    ]
