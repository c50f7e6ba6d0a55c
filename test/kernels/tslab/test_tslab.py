"""The tracker of TypeScript notebooks in real kernels of tslab."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from backtrail.runlog.summary import read_notebook

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "run-log.schema.json").read_text(encoding="utf-8"))

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]

pytestmark = pytest.mark.together

# What a kernel shows must be the same with and without the tracker.
NOTEBOOK = [
    "const a: number = 1; a",
    "setTimeout(() => 1, 1)",
    "Promise.resolve([a])",
    'function f() { throw new TypeError("boom " + a) }\nf()',
    "let x: string = 3",
    "throw { a }",
    "await new Promise((_, no) => setTimeout(() => no(new RangeError('late')), 5))",
    "[Math.random.name, Math.random.length, /native code/.test(String(Math.random))]",
    "Object.keys((globalThis as any).__tslab__.exports).join()",
    "Object.keys(globalThis).join()",
]
# Stacks end within the kernel, after ten calls; those of the tracker among them are not shown.
VARYING = ("_idleStart", "asyncId", "triggerId", "/node_modules/tslab/")


def shown(kernel: Kernel) -> list[Any]:
    found = []
    for code in NOTEBOOK:
        reply, printed = kernel.run(code)
        lines = [line for line in printed.splitlines() if not any(word in line for word in VARYING)]
        found.append((reply["status"], reply.get("execution_count"), lines))
    return found


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make) -> Kernel:
    """A kernel whose first cells come together with the request that loads the tracker."""
    return make_kernel(tmp_path_factory.mktemp("tslab"))


def test_the_first_cells_after_a_restart_count_from_one_and_have_their_ids(kernel: Kernel) -> None:
    requests = [kernel.ask(), kernel.send("const q = 1", "r1"), kernel.send("console.log(q)", "r2")]
    _, first, second = kernel.wait(*requests)
    assert (first[0]["execution_count"], second[0]["execution_count"], second[1]) == (1, 2, "1\n")
    starts = kernel.events("cell_start")
    assert [(one["n"], one["cell"], one["count"]) for one in starts] == [(1, "r1", 1), (2, "r2", 2)]
    assert kernel.attach()["state"] == "recording"


def test_failures_are_told_with_what_was_thrown(kernel: Kernel) -> None:
    before = len(kernel.events("cell_end"))
    kernel.run(
        "class Late extends Error {}\nawait new Promise((_, no) => setTimeout(() => no(new Late('x')), 5))"
    )
    kernel.run("\nlet wrong: string = 3")
    kernel.run("throw 'words'")
    late, compiled, words = kernel.events("cell_end")[before:]
    assert late["status"] == "failed"
    assert late["error"] == {"type": "Late", "message": "x", "unparsable": False}
    assert (compiled["error"]["line"], compiled["error"]["unparsable"]) == (2, True)
    assert "not assignable" in compiled["error"]["message"]
    assert words["error"] == {"type": "string", "message": "words", "unparsable": False}


def test_an_interrupted_cell_is_interrupted(kernel: Kernel) -> None:
    request = kernel.send(
        "require('fs').writeFileSync('begun', '')\n"
        "await new Promise(() => setInterval(() => 1, 1000).unref())"
    )
    while not (kernel.folder / "begun").exists():
        time.sleep(0.05)
    # Node ends if it hears of an interrupt while it leaves the part of a body that does not wait.
    time.sleep(1)
    kernel.manager.interrupt_kernel()
    kernel.wait(request)
    time.sleep(0.4)
    assert kernel.events("cell_end")[-1]["status"] == "interrupted"


def test_what_a_notebook_logs_belongs_to_the_cell_that_logs_it_even_late(kernel: Kernel) -> None:
    kernel.run(
        "import * as backtrail from 'backtrail'\n"
        "backtrail.startRun({ name: 'mine', params: { lr: 0.1, password: 'hunter2' } })\n"
        "backtrail.logMetrics({ loss: 0.5, acc: NaN })",
        "m1",
    )
    # However long the kernel takes to compile the next cell.
    kernel.run(
        "const gate = { open: false }\n"
        "const late = () => gate.open ? backtrail.logMetric('late', 1) : setTimeout(late, 20)\nlate(); 0",
        "m2",
    )
    kernel.run(
        "backtrail.logMetric('loss', 0.25); gate.open = true;"
        "await new Promise(done => setTimeout(done, 400))",
        "m3",
    )
    reply = kernel.attach()
    metrics = kernel.runs / "nb" / reply["run"]["id"] / "metrics.jsonl"
    points = [json.loads(line) for line in metrics.read_text(encoding="utf-8").splitlines()]
    n = kernel.events("cell_start")[-1]["n"]
    assert [(one["cell"], one.get("loss"), one.get("late")) for one in points] == [
        (n - 2, 0.5, None),
        (n, 0.25, None),
        (n - 1, None, 1),
    ]
    assert points[0]["acc"] == "NaN"
    assert {one["key"]: one["value"] for one in kernel.events("param")} == {
        "lr": 0.1,
        "password": "[withheld: password]",
    }
    assert "hunter2" not in "".join(map(json.dumps, kernel.events()))


def test_a_cell_run_again_and_a_run_from_the_top_begin_new_runs(kernel: Kernel) -> None:
    kernel.run("backtrail.logMetric('loss', 3)", "again")
    kernel.run("backtrail.logMetric('loss', 2)", "again")
    assert kernel.events("run_start")[-1]["opened"] == "cell run again"
    requests = [
        kernel.ask(),
        kernel.send("const top1 = 1", "t1"),
        kernel.ask(from_top=True),
        kernel.send("const top2 = 2", "t2"),
    ]
    kernel.wait(*requests)
    start = kernel.events("run_start")[-1]
    assert (start["opened"], start["cell"]) == ("run from the top", kernel.events("cell_start")[-2]["n"])


def test_the_first_cell_of_a_run_from_the_top_has_its_seeds_and_files_in_the_new_run(kernel: Kernel) -> None:
    (kernel.folder / "small.csv").write_text("1,2\n")
    (kernel.folder / "large.csv").write_text("3,4\n" * 100_000)
    kernel.run("backtrail.logMetric('loss', 3)")
    requests = [
        kernel.ask(),
        kernel.send(
            "const fs1 = require('fs'); backtrail.setSeed(11); fs1.readFileSync('small.csv');"
            "fs1.readFileSync('large.csv'); fs1.writeFileSync('made.txt', 'made')",
            "f1",
        ),
        kernel.ask(from_top=True),
        kernel.send("backtrail.logMetric('loss', 2)", "f2"),
    ]
    kernel.wait(*requests)
    start = kernel.events("run_start")[-1]
    assert start["opened"] == "run from the top"
    until = time.monotonic() + 10
    while "large.csv" not in _hashed(kernel, start["run"]) and time.monotonic() < until:
        time.sleep(0.05)
    assert _hashed(kernel, start["run"]) == {"small.csv", "large.csv", "made.txt"}
    told = [one for one in kernel.events("input", "output", "seed") if one["run"] == start["run"]]
    assert {one["cell"] for one in told} == {start["cell"]}
    assert [one["value"] for one in told if one["event"] == "seed"] == [11]
    # The run before ended with the cell before, and nothing of this one is its own, however late it is known.
    lines = kernel.events()
    ended = next(at for at, one in enumerate(lines) if one.get("handed_over") == start["cell"])
    kinds = {"input", "output", "seed"}
    assert {one["run"] for one in lines[ended:] if one["event"] in kinds} == {start["run"]}
    assert kernel.events("run_end")[-1] == {
        **kernel.events("run_end")[-1],
        "run": kernel.events("run_start")[-2]["run"],
        "cell": start["cell"] - 1,
        "handed_over": start["cell"],
    }


def _hashed(kernel: Kernel, run: str) -> set[str]:
    """The files of a run whose hash is known."""
    return {one["path"] for one in kernel.events("input", "output") if one["run"] == run and one["sha256"]}


def test_draws_of_math_random_are_recorded_and_can_be_seeded(kernel: Kernel) -> None:
    _, first = kernel.run("backtrail.setSeed(7); [Math.random(), Math.random()]")
    kernel.run("Math.random()")
    _, second = kernel.run("backtrail.setSeed(7); [Math.random(), Math.random()]")
    assert first == second
    assert [one["value"] for one in kernel.events("seed")][-1] == 7
    one, _, other = kernel.events("random")[-3:]
    assert one["streams"]["Math.random"]["after"] == other["streams"]["Math.random"]["after"]
    state = kernel.events("random_state")[0]
    assert (kernel.runs / "blobs" / "sha256" / state["state"][:2] / state["state"]).exists()


def test_capture_can_be_turned_off_and_on_without_a_trace(kernel: Kernel) -> None:
    count = kernel.run("1")[0]["execution_count"]
    assert kernel.attach(capture=False) == {"state": "off"}
    recorded = len(kernel.events("cell_start"))
    assert kernel.run("2")[0]["execution_count"] == count + 1
    assert len(kernel.events("cell_start")) == recorded
    assert kernel.events()[-1]["event"] == "session_end"
    assert kernel.attach()["state"] == "recording"
    assert kernel.run("3")[0]["execution_count"] == count + 2


def test_every_line_is_valid_and_the_summaries_are_those_of_every_reader(kernel: Kernel) -> None:
    kernel.eventually(lambda: kernel.events("code") and kernel.events("environment"))
    kernel.attach(capture=False)
    line = Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": "#/$defs/SessionLogLine"})
    for event in kernel.events():
        line.validate(event)
    notebook = read_notebook(kernel.runs / "nb", alive=lambda process: True)
    written = list(kernel.runs.glob("nb/*/run.json"))
    assert len(written) == 4
    for path in written:
        summary = json.loads(path.read_text(encoding="utf-8"))
        assert summary == notebook.summary(summary["id"], lambda process: True)


def test_a_kernel_shows_the_same_with_and_without_the_tracker(tmp_path: Path, make_kernel: Make) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    kernel = make_kernel(tmp_path / "without")
    expected = shown(kernel)
    kernel.stop()
    kernel = make_kernel(tmp_path / "with")
    assert kernel.attach()["state"] == "recording"
    found = shown(kernel)
    kernel.stop()
    assert found == expected
    assert len(kernel.events("cell_end")) == len(NOTEBOOK)


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path, "javascript")
    kernel.attach()
    kernel.run("const backtrail = require('backtrail'); const fs = require('fs')")
    loop = (
        "for (let i = 0; ; i++) { backtrail.logMetric('i', i);"
        " fs.writeSync(out, Buffer.from(String(i).padStart(9)), 0, 9, 0) }"
    )
    kernel.send(f"const out = fs.openSync('acknowledged', 'w'); {loop}")
    file = tmp_path / "acknowledged"
    kernel.eventually(lambda: file.exists() and file.stat().st_size and int(file.read_text()) > 500)
    kernel.kill()
    acknowledged = int(file.read_text())
    (metrics,) = kernel.runs.glob("nb/*/metrics.jsonl")
    whole = metrics.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()
    assert len(whole) > acknowledged
    assert [json.loads(line)["i"] for line in whole] == list(range(len(whole)))
    notebook = read_notebook(kernel.runs / "nb")
    (run,) = notebook.runs()
    assert notebook.summary(run, lambda process: False)["status"] == "killed"
    assert kernel.events("session")[0]["kernel"]["language"] == "javascript"


def test_modules_of_the_notebooks_own_are_told_as_they_were_imported(
    tmp_path: Path, make_kernel: Make
) -> None:
    half = "export { one } from './one';\nexport let value = 0.5;\n"
    (tmp_path / "half.ts").write_text(half, encoding="utf-8")
    (tmp_path / "one.ts").write_text(
        "export const one = 1; // token = 'a1b2c3d4e5f6g7h8i9'\n", encoding="utf-8"
    )
    (tmp_path / "two.cjs").write_text("module.exports = 2;\n", encoding="utf-8")
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run("import { value } from './half';\nimport * as fs from 'fs'")
    kernel.run("/** @module mine */\nexport const own = 1;")
    kernel.run(
        "import { own } from './mine';\nimport { one } from './half';\nconst two = require('./two.cjs')"
    )
    changed = half.replace("0.5", "0.75")
    kernel.run(
        f"fs.writeFileSync('half.ts', {json.dumps(changed)}); await new Promise(r => setTimeout(r, 1500))"
    )
    assert kernel.run("import { value as again } from './half';\nagain")[1] == "0.75\n"
    first, second, third = kernel.events("modules")
    of = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
    assert first["n"] == 1 and set(first["modules"]) == {"./half", "./one"}
    assert first["modules"]["./half"] == {"path": "half.ts", "sha256": of(half), "kept": True}
    assert first["modules"]["./one"]["kept"] is False
    assert second["n"] == 3 and set(second["modules"]) == {"./two.cjs"}
    assert third == third | {
        "n": 5,
        "modules": {"./half": {"path": "half.ts", "sha256": of(changed), "kept": True}},
    }
    blob = kernel.runs / "blobs" / "sha256" / of(half)[:2] / of(half)
    assert blob.read_text(encoding="utf-8") == half
    line = Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": "#/$defs/SessionLogLine"})
    for event in kernel.events("modules"):
        line.validate(event)
