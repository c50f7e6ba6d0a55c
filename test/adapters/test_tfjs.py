"""TypeScript notebooks that compute with TensorFlow.js, in a real kernel of tslab."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kernel(node_kernel: Any) -> Any:
    node_kernel.run("import * as tf from '@tensorflow/tfjs'")
    return node_kernel


def test_tensors_are_told_by_shape_dtype_and_numbers(kernel: Any) -> None:
    made = kernel.did(
        "const a = tf.tensor2d([[1, 2], [3, 4]]); const b = tf.tensor([1, 2, 3, 4]).reshape([2, 2]);"
        "const c = tf.tensor2d([[1, 2], [3, 5]]); const flags = tf.tensor([true, false], [2], 'bool');"
        "const zero = tf.scalar(0.5); const words = tf.tensor(['a']);"
        "const gone = tf.scalar(1); gone.dispose()",
    )["bound"]
    told = {name: (one.get("shape"), one.get("dtype"), one["seen"]) for name, one in made.items()}
    assert told == {
        "a": ([2, 2], "float32", "exact"),
        "b": ([2, 2], "float32", "exact"),
        "c": ([2, 2], "float32", "exact"),
        "flags": ([2], "bool", "exact"),
        "zero": ([], "float32", "exact"),
        "words": ([1], "string", "opaque"),
        "gone": ([], "float32", "exact"),
    }
    assert made["a"]["fingerprint"] == made["b"]["fingerprint"] != made["c"]["fingerprint"]
    assert (made["zero"]["preview"], made["a"]["preview"]) == ("Tensor 0.5", "Tensor (2, 2)")
    assert made["a"]["size"] == 16 and made["a"]["declared"] == "tf.Tensor2D"


def test_a_variable_that_is_assigned_to_has_changed(kernel: Any) -> None:
    kernel.run("const weight = tf.variable(tf.scalar(1)); const other = tf.variable(tf.scalar(1))")
    kernel.run("weight.assign(tf.scalar(2)); other.dataSync()")
    changed = kernel.events("variables")[-1]["changed"]
    assert set(changed) == {"weight"} and changed["weight"]["preview"] == "Variable 2"


def test_a_tensor_without_dimensions_is_a_metric_where_its_name_is_one(kernel: Any) -> None:
    kernel.run(
        "const loss = tf.losses.meanSquaredError(tf.tensor1d([1, 2]), tf.tensor1d([1, 3])); const q = loss"
    )
    kernel.run("const rmse = (of: tf.Tensor) => of.sqrt();\nrmse(tf.scalar(4))")
    kernel.settle()
    found = {}
    for path in kernel.runs.glob("nb/*/metrics.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(json.loads(line))
    assert (found["loss"], found["rmse"]) == (0.5, 2)
    origins = {event["key"]: event["origin"] for event in kernel.events("metric")}
    assert origins == {"loss": "variable", "rmse": "last expression"}


def test_seeds_of_operations_initializers_and_data_are_told(kernel: Any) -> None:
    kernel.run("const seed = 5; tf.randomNormal([2], 0, 1, 'float32', 7); tf.initializers.heNormal({ seed })")
    kernel.run("tf.data.array([1, 2, 3]).shuffle(3, 'seven')")
    assert [(one["library"], one["value"]) for one in kernel.events("seed")] == [
        ("tfjs", 7),
        ("tfjs", 5),
        ("tfjs", "seven"),
    ]


def test_the_example_comes_to_the_same_again(kernel: Any) -> None:
    shutil.copytree(ROOT / "examples" / "data", kernel.folder / "data")
    kernel.attach(from_top=True)
    notebook = json.loads((ROOT / "examples" / "tfjs-wine.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            reply, printed = kernel.run("".join(cell["source"]), cell["id"])
            assert reply["status"] == "ok", printed
    kernel.stop()
    program = ROOT / "backtrail" / "cli" / "backtrail.mjs"
    command = ["node", str(program), "verify", "latest", "--root", str(kernel.folder), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    found = json.loads(done.stdout)
    assert (found["verdict"], done.returncode) == ("identical", 0), found["says"]
    assert found["compared"]["points"] >= 41 and found["compared"]["files"] == 1


def test_nothing_of_the_tracker_went_wrong(kernel: Any) -> None:
    assert not [one for one in kernel.events("warning") if "in Backtrail" in one["message"]]
