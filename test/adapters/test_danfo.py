"""TypeScript notebooks that compute with data frames of danfojs, in a real kernel of tslab."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kernel(node_kernel: Any) -> Any:
    (node_kernel.folder / "data.csv").write_text("a,b,c\n1,2.5,x\n2,3.5,y\n3,4.5,z\n")
    node_kernel.run("import * as dfd from 'danfojs-node'")
    return node_kernel


def test_a_frame_is_told_by_its_rows_and_the_file_that_it_is_read_from_is_an_input(kernel: Any) -> None:
    told = kernel.did("const frame = await dfd.readCSV('data.csv'); const one = frame['a']")["bound"]
    assert (told["frame"]["type"], told["frame"]["shape"], told["frame"]["seen"]) == (
        "DataFrame",
        [3, 3],
        "exact",
    )
    assert (told["one"]["shape"], told["one"]["dtype"], told["one"]["seen"]) == ([3], "int32", "exact")
    assert told["frame"]["preview"] == "DataFrame (3, 3)"
    assert [one["path"] for one in kernel.events("input")] == ["data.csv"]


def test_frames_of_the_same_rows_are_the_same_however_they_were_made(kernel: Any) -> None:
    told = kernel.did(
        "const p = new dfd.DataFrame({ x: [1, 2], y: ['a', 'b'] });"
        "const q = new dfd.DataFrame([[1, 'a'], [2, 'b']], { columns: ['x', 'y'] });"
        "const r = new dfd.DataFrame([[1, 'a'], [3, 'b']], { columns: ['x', 'y'] });",
    )["bound"]
    assert told["p"]["fingerprint"] == told["q"]["fingerprint"] != told["r"]["fingerprint"]


def test_looking_at_a_frame_changes_nothing_and_changing_it_in_place_does(kernel: Any) -> None:
    assert "changed" not in kernel.did("p.head().print(); const first = p['x'].sum(); q.shape")
    assert set(kernel.did("p.addColumn('z', [5, 6], { inplace: true });")["changed"]) == {"p"}


def test_rows_of_results_are_metrics_and_those_of_data_are_not(kernel: Any) -> None:
    kernel.did("const tries = new dfd.DataFrame({ model: ['tree', 'forest'], accuracy: [0.5, 0.75] })")
    kernel.did("const rounds = new dfd.DataFrame({ epoch: [1, 2], loss: [3.5, 1.5] }); rounds")
    kernel.did("const people = new dfd.DataFrame({ age: [1, 2], size: [3, 4], score: [0.5, 0.25] })")
    kernel.settle()
    found: dict[str, list[Any]] = {}
    for path in kernel.runs.glob("nb/*/metrics.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            for key, value in json.loads(line).items():
                found.setdefault(key, []).append(value)
    for name in ("step", "time", "cell"):
        del found[name]
    assert found == {"accuracy/tree": [0.5], "accuracy/forest": [0.75], "loss": [3.5, 1.5]}


def test_what_was_computed_comes_to_the_same_again(kernel: Any) -> None:
    kernel.did("console.log(`loss: ${frame['b'].mean() + Math.random()}`)")
    kernel.stop()
    program = ROOT / "backtrail" / "cli" / "backtrail.mjs"
    command = ["node", str(program), "verify", "latest", "--root", str(kernel.folder), "--json"]
    again = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    found = json.loads(again.stdout)
    assert (found["verdict"], again.returncode) == ("identical", 0), found["says"]
    assert found["compared"]["points"] >= 1
    assert not [one for one in kernel.events("warning") if "in Backtrail" in one["message"]]
