"""A kernel that nobody attached to, in a project that has the package of npm."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]
BUNDLE = Path(__file__).parents[3] / "backtrail" / "tslab"


@pytest.fixture
def kernel(make_kernel: Make, tmp_path: Path) -> Kernel:
    package = tmp_path / "node_modules" / "backtrail"
    package.parent.mkdir()
    shutil.copytree(BUNDLE, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "package.json").write_text(
        '{"name": "backtrail", "version": "0.1.0", "main": "index.cjs", "types": "index.d.ts"}'
    )
    made = make_kernel(tmp_path)
    # Nobody told the kernel what its notebook is called.
    made.events = lambda *kinds: events(made.runs / "notebook" / "sessions", *kinds)
    return made


def events(sessions: Path, *kinds: str) -> list[dict[str, Any]]:
    (path,) = sessions.glob("*.jsonl")
    found = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [event for event in found if event["event"] in kinds]


TRAINING = """import * as backtrail from 'backtrail';
const rate = 0.1;
let w = 5;
for (let epoch = 0; epoch < 3; epoch++) { w -= rate * w; console.log(`epoch ${epoch}, loss: ${w * w}`); }
backtrail.logMetric('score', 0.5);
"""


def test_the_cell_that_imports_the_calls_is_recorded_whole(kernel: Kernel) -> None:
    reply, printed = kernel.run(TRAINING, "a")
    assert (reply["status"], reply["execution_count"], printed.count("loss")) == ("ok", 1, 3)
    kernel.run("const accuracy = 0.9; console.log('accuracy:', accuracy)", "b")
    kernel.stop()
    starts = kernel.events("cell_start")
    assert [(start["n"], start["cell"]) for start in starts] == [(1, "a"), (2, "b")]
    assert starts[0]["source"] == TRAINING
    ends = [(end["n"], end["status"], end["count"]) for end in kernel.events("cell_end")]
    assert ends == [(1, "finished", 1), (2, "finished", 2)]
    (compiled, _) = kernel.events("compiled")
    assert "logMetric" in compiled["source"]
    (first, _) = kernel.events("variables")
    assert {"rate", "w"} <= set(first["bound"])
    found = {(event["key"], event["origin"], event["cell"]) for event in kernel.events("metric")}
    assert ("loss", "printed", 1) in found
    (path,) = kernel.runs.glob("*/*/metrics.jsonl")
    assert '"cell":1,"score":0.5' in path.read_text()
    (params,) = [event for event in kernel.events("param") if event["key"] == "rate"]
    assert params["value"] == 0.1


def test_how_it_failed_is_what_the_kernel_showed_of_it(kernel: Kernel) -> None:
    kernel.run("const before = 1", "a")
    reply, printed = kernel.run("const b = require('backtrail'); (null as any).x", "b")
    assert reply["status"] == "error"
    assert "TypeError" in printed
    kernel.run("const after = 2", "c")
    kernel.stop()
    (failed, finished) = kernel.events("cell_end")
    assert (failed["n"], failed["status"], finished["status"]) == (1, "failed", "finished")
    assert failed["error"]["type"] == "TypeError"
    assert failed["error"]["message"] == "Cannot read properties of null (reading 'x')"


def test_it_goes_on_as_others_do_that_await(kernel: Kernel) -> None:
    one = kernel.send(
        "import { logMetric } from 'backtrail'; for (let i = 0; i < 3; i++) {"
        " await new Promise(done => setTimeout(done, 100)); logMetric('late', i); }",
        "a",
    )
    two = kernel.send("console.log('second')", "b")
    (_, (reply, printed)) = kernel.wait(one, two)
    assert (reply["execution_count"], printed) == (2, "second\n")
    kernel.stop()
    assert [start["cell"] for start in kernel.events("cell_start")] == ["a", "b"]
    order = [(event["event"], event["n"]) for event in kernel.events("cell_start", "cell_end")]
    assert order == [("cell_start", 1), ("cell_end", 1), ("cell_start", 2), ("cell_end", 2)]
    (path,) = kernel.runs.glob("*/*/metrics.jsonl")
    assert path.read_text().count('"cell":1') == 3


def test_what_the_cell_that_imports_the_calls_displays_is_heard(kernel: Kernel) -> None:
    kernel.run(
        "import * as backtrail from 'backtrail';\nimport { display } from 'tslab';\n"
        "display.html('<b>shown</b>'); backtrail.logMetric('score', 1)"
    )
    kernel.run("display.html('<b>later</b>')")
    kernel.stop()
    shown = [(one["n"], len(one["displays"])) for one in kernel.events("outputs")]
    assert shown == [(1, 1), (2, 1)]
