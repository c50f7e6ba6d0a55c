"""What cells of TypeScript do to the names of the notebook, and what they show, in real kernels of tslab."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "run-log.schema.json").read_text(encoding="utf-8"))

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]

pytestmark = pytest.mark.together


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make) -> Kernel:
    one = make_kernel(tmp_path_factory.mktemp("variables"))
    one.attach()
    return one


def did(kernel: Kernel, code: str) -> dict[str, Any]:
    """What the log says that a cell did to the names."""
    kernel.run(code)
    n = kernel.events("cell_end")[-1]["n"]
    found = [event for event in kernel.events("variables") if event["n"] == n]
    return found[0] if found else {}


def test_what_a_cell_read_bound_and_changed_is_told(kernel: Kernel) -> None:
    first = did(kernel, "let n = 1; const data = [1, 2]; const weights = new Float32Array(3)")
    assert set(first["bound"]) == {"n", "data", "weights"} and "reads" not in first
    assert first["bound"]["data"] | {"fingerprint": ""} == {
        "type": "Array",
        "size": 2,
        "seen": "exact",
        "fingerprint": "",
        "preview": "[1, 2]",
        "declared": "number[]",
    }
    assert first["bound"]["weights"]["shape"] == [3]
    second = did(kernel, "data.push(n); const total = data.length")
    assert second["reads"] == ["data", "n"] and set(second["bound"]) == {"total"}
    assert set(second["changed"]) == {"data"} and "assumed" not in second["changed"]["data"]
    only = did(kernel, "data.length + n")
    assert only["reads"] == ["data", "n"] and not {"bound", "changed", "unknown"} & set(only)
    assert did(kernel, "n = 5")["bound"]["n"]["preview"] == "5"


def test_the_types_that_the_compiler_knows_are_told_where_they_say_more(kernel: Kernel) -> None:
    bound = did(
        kernel,
        "interface Point { x: number; y?: string }\nconst point = { x: 1 } as Point; const rate = 0.5;"
        "const later = Promise.resolve([point]); class Walker {}\nlet walker = new Walker();"
        "const along = (one: Point) => one.x; const secrets = { password: 'hunter2222' } as const;"
        "let anything: any = 1; import * as path from 'path'",
    )["bound"]
    assert {name: value["declared"] for name, value in bound.items() if "declared" in value} == {
        "point": "Point",
        "later": "Promise<Point[]>",
        "Walker": "typeof Walker",
        "along": "(one: Point) => number",
    }
    assert did(kernel, "walker = new Walker(); along(point)")["bound"]["walker"].get("declared") is None
    assert did(kernel, "point.x = 2")["changed"]["point"]["declared"] == "Point"
    assert "declared" not in did(kernel, "const point = 'text'; point")["bound"]["point"]
    assert "hunter2222" not in json.dumps(kernel.events("variables"))


def test_what_functions_and_classes_use_is_read_when_they_are_called(kernel: Kernel) -> None:
    did(kernel, "let count = 0; const seen: number[] = []")
    did(
        kernel, "function visit() { count = count + 1; seen.push(count) }\nclass Visitor { go() { visit() } }"
    )
    called = did(kernel, "visit()")
    assert called["reads"] == ["count", "seen", "visit"]
    assert set(called["bound"]) == {"count"} and set(called["changed"]) == {"seen"}
    made = did(kernel, "const visitor = new Visitor()")
    assert "visit" in made["reads"]
    assert {"Visitor", "count", "seen", "visit"} & set(did(kernel, "visitor.go()")["reads"])


def test_names_that_share_an_object_change_together(kernel: Kernel) -> None:
    did(kernel, "const inner = [1]; const outer = { inner: inner }")
    changed = did(kernel, "outer.inner.push(2)")
    assert set(changed["changed"]) == {"inner", "outer"}
    assert changed["shared"] == [["inner", "outer"]]


def test_imports_are_told_by_where_they_are_from(kernel: Kernel) -> None:
    bound = did(kernel, "import * as fs from 'fs'; import { join } from 'path'")["bound"]
    assert (bound["fs"]["type"], bound["join"]["type"]) == ("module", "function")
    assert did(kernel, "join('a', 'b')").get("changed") is None


def test_state_without_a_name_is_told(kernel: Kernel) -> None:
    wrote = did(kernel, "process.env.MODE = 'x'; (globalThis as any).shared = 1")
    assert wrote["hidden"]["writes"] == ["environ", "global:shared"]
    read = did(kernel, "(globalThis as any).shared")
    assert read["hidden"]["reads"] == ["environ", "global:shared"]
    did(kernel, "void setTimeout(() => { (globalThis as any).shared = 2; process.env.MODE = 'y' }, 50)")
    time.sleep(0.3)
    told = did(kernel, "'nothing'")
    assert told["hidden"]["writes"] == ["environ", "global:shared"], (
        "what a timer did is told of the next cell"
    )


def test_what_cannot_be_followed_is_told(kernel: Kernel) -> None:
    assert did(kernel, "let z1 = eval('1')")["unknown"] == ["eval"]
    assert "failed after changing state" in did(kernel, "let z2 = 1; throw new Error('x')")["unknown"]
    did(kernel, "let late = 1; setTimeout(() => { late = 2 }, 20)")
    kernel.run("await new Promise(done => setTimeout(done, 60))")
    did(kernel, "1")
    reasons = [reason for event in kernel.events("variables") for reason in event.get("unknown", [])]
    assert "changed between executions: late" in reasons or "late" in json.dumps(
        [event["bound"] for event in kernel.events("variables") if "late" in event.get("bound", {})]
    )


def test_secrets_have_neither_preview_nor_fingerprint(kernel: Kernel) -> None:
    bound = did(kernel, "const apiKey = 'a1b2c3d4e5f6'; const options = { password: 'hunter2222' }")["bound"]
    assert bound["apiKey"] == {"type": "string", "seen": "opaque", "withheld": True}
    assert bound["options"] == {"type": "Object", "seen": "opaque", "withheld": True}


def test_nothing_of_the_notebook_runs_and_a_variable_may_be_called_exports(kernel: Kernel) -> None:
    _, printed = kernel.run(
        "const trap: any = new Proxy({}, { get() { console.log('ran') } }); "
        "const getter = { get a() { console.log('ran'); return 1 } }; 0"
    )
    assert printed == "0\n"
    reply, _ = kernel.run("const exports = 3")
    assert reply["status"] == "error"  # By itself: tslab keeps names in an object of that name.
    assert kernel.run("1 + 1")[1] == "2\n"


def test_outputs_have_digests_of_what_a_cell_showed(kernel: Kernel) -> None:
    kernel.run("console.log('took 5 ms'); console.error('hm'); 3", "shown")
    kernel.run("import { display } from 'tslab'; display.html('<b>x</b>')")
    kernel.run("console.log('before'); throw new Error('x')")
    kernel.run("await new Promise(done => setTimeout(done, 200))")
    one, displayed, failed = kernel.events("outputs")[-3:]
    of = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
    assert one["rules"] == 2
    assert one["streams"]["stdout"] == {"size": 12, "sha256": of("took <duration>\n3\n")}
    assert one["streams"]["stderr"] == {"size": 3, "sha256": of("hm\n")}
    assert displayed["displays"] == [{"mimes": {"text/html": of("<b>x</b>")}}]
    assert list(failed["streams"]) == ["stdout"]


def test_all_of_it_is_as_the_schema_says_and_nothing_failed_within(kernel: Kernel) -> None:
    validator = Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": "#/$defs/SessionLogLine"})
    for event in kernel.events("variables", "outputs"):
        assert not list(validator.iter_errors(event)), event
    warnings = [event["message"] for event in kernel.events("warning")]
    assert not [message for message in warnings if "in Backtrail" in message]
