"""Metrics that TypeScript notebooks print, or keep in variables, in real kernels of tslab."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]

LOOP = (
    "let loss = 1; for (let epoch = 0; epoch < 4; epoch++) { loss = loss * 0.7 + 0.01;"
    "console.log(`Epoch ${epoch}: loss ${loss.toFixed(4)}`) }"
)


@pytest.fixture
def kernel(tmp_path: Path, make_kernel: Make) -> Kernel:
    one = make_kernel(tmp_path)
    one.attach()
    return one


def points(kernel: Kernel) -> dict[str, list[tuple[float, float]]]:
    """Steps and values by metric, of all runs in their order."""
    kernel.settle()
    found: dict[str, list[tuple[float, float]]] = {}
    for path in sorted(kernel.runs.glob("nb/*/metrics.jsonl")):
        # A last line without its end is being written.
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            point = json.loads(line)
            for key, value in point.items():
                if key not in ("step", "time", "cell"):
                    found.setdefault(key, []).append((point["step"], value))
    return found


def origins(kernel: Kernel) -> dict[str, tuple[str, bool]]:
    events = kernel.events("metric")
    return {event["key"]: (event["origin"], event.get("exact", True)) for event in events}


def test_printed_metrics_have_step_and_name_and_are_said_to_be_rounded(kernel: Kernel) -> None:
    kernel.run(LOOP)
    assert points(kernel) == {"loss": [(0, 0.71), (1, 0.507), (2, 0.3649), (3, 0.2654)]}
    assert origins(kernel) == {"loss": ("printed", False)}


def test_what_is_printed_and_kept_in_a_list_is_one_metric_with_all_digits(kernel: Kernel) -> None:
    kernel.run("const losses: number[] = []; " + LOOP.replace("console", "losses.push(loss); console"))
    found = points(kernel)
    assert list(found) == ["losses"] and [step for step, _ in found["losses"]] == [0, 1, 2, 3]
    assert found["losses"][1][1] != 0.507 and round(found["losses"][1][1], 4) == 0.507
    assert origins(kernel) == {"losses": ("variable", True)}


def test_lists_in_objects_and_rows_of_objects_are_series(kernel: Kernel) -> None:
    kernel.run("const history = { valLoss: [0.51, 0.42], train: { acc: [0.13, 0.27] } }")
    kernel.run("const log = [{ epoch: 1, f1: 0.61 }]; log.push({ epoch: 2, f1: 0.68 })")
    kernel.run("log.push({ epoch: 3, f1: 0.71 }); history.valLoss.push(0.33)")
    assert points(kernel) == {
        "val_loss": [(0, 0.51), (1, 0.42), (2, 0.33)],
        "train_acc": [(0, 0.13), (1, 0.27)],
        "f1": [(1, 0.61), (2, 0.68), (3, 0.71)],
    }


def test_rows_that_an_object_of_a_class_keeps_are_series(kernel: Kernel) -> None:
    kernel.run(
        "class Population { history: { generation: number; best_fitness: number }[] = [];\n"
        "  step(n: number) { this.history.push({ generation: n, best_fitness: 1 / (n + 2) }) } }\n"
        "const population = new Population(); population.step(1)"
    )
    kernel.run("for (let n = 2; n < 4; n++) population.step(n)")
    assert points(kernel) == {"best_fitness": [(1, 1 / 3), (2, 0.25), (3, 0.2)]}


def test_each_of_several_models_that_a_loop_prints_has_a_metric_of_its_own(kernel: Kernel) -> None:
    kernel.run(
        "for (const [name, right] of [['knn', 45], ['Naive Bayes', 40]] as [string, number][])\n"
        "  console.log(`${name.padEnd(12)}${(right / 50).toFixed(2)}`, right > 0 ? '' : 'none')"
    )
    kernel.run(
        "for (const [name, acc] of [['knn', 0.91], ['Naive Bayes', 0.8]] as [string, number][])\n"
        "  console.log(`${name}: ${acc.toFixed(2)}`)"
    )
    assert points(kernel) == {"acc/knn": [(0, 0.91)], "acc/naive_bayes": [(0, 0.8)]}


def test_numbers_that_were_computed_count_and_those_that_were_written_do_not(kernel: Kernel) -> None:
    kernel.run(
        "const right = 45; const accuracy = right / 50; const bestScore = 0; const samples = 3 * right"
    )
    assert points(kernel) == {"accuracy": [(0, 0.9)]}


def test_bare_numbers_that_are_printed_have_the_names_of_what_was_printed(kernel: Kernel) -> None:
    kernel.run("const report = (epoch: number, mae: number) => console.log(epoch, mae)")
    kernel.run(
        "for (let epoch = 0; epoch < 3; epoch++) { const error = 1 / (epoch + 3); report(epoch, error) }"
    )
    kernel.run("let loss = 0.625; console.log('done', loss * 2)")
    found = points(kernel)
    assert found["mae"] == [(0, 1 / 3), (1, 0.25), (2, 0.2)]
    assert found["loss"] == [(0, 1.25)]


def test_what_a_cell_shows_as_its_result_is_a_metric_with_the_name_of_the_expression(kernel: Kernel) -> None:
    kernel.run("const accuracy = (k: number) => k / 7; const net = { size: 3 }")
    assert kernel.run("accuracy(5)", "shown")[1] == f"{5 / 7}\n"
    kernel.run("await Promise.resolve({ testLoss: 0.5, size: 3, net: net })")
    kernel.run("['a', 'b'].map((model, i) => ({ model, mse: i + 0.5 }))")
    kernel.run("new Map([['a', 1]])")
    kernel.run("accuracy(6)", "shown")
    kernel.run("accuracy(6)", "shown")
    assert points(kernel) == {
        "accuracy": [(0, 5 / 7), (1, 6 / 7)],
        "test_loss": [(0, 0.5)],
        "mse/a": [(0, 0.5)],
        "mse/b": [(0, 1.5)],
    }
    shown = "last expression"
    expected = {"accuracy": shown, "test_loss": shown, "mse/a": "table", "mse/b": "table"}
    assert origins(kernel) == {key: (origin, True) for key, origin in expected.items()}
    assert len(kernel.events("run_start")) == 1


def test_results_that_are_not_captured_are_not_read_as_printed_either(kernel: Kernel) -> None:
    kernel.attach(capture_off=["last expression", "table"])
    kernel.run("({ testLoss: 0.5 })")
    assert points(kernel) == {}


def test_what_the_user_logs_is_not_captured_once_more(kernel: Kernel) -> None:
    kernel.run(
        "import * as backtrail from 'backtrail'; for (let i = 0; i < 3; i++) {"
        "const value = Math.sqrt(i + 2); backtrail.logMetric('loss', value, i);"
        "console.log(`step ${i} loss ${value.toFixed(5)}`) }"
    )
    found = points(kernel)
    assert list(found) == ["loss"] and len(found["loss"]) == 3
    assert origins(kernel) == {}


def test_points_are_there_while_the_cell_still_runs(kernel: Kernel) -> None:
    sent = kernel.send(
        "const fs = require('fs'); for (let i = 0; !fs.existsSync('seen'); i++) {"
        "console.log(`iteration ${i} loss ${(1 / (i + 1)).toFixed(6)}`);"
        "const until = Date.now() + 100; while (Date.now() < until) {} }"
    )
    found = kernel.eventually(lambda: points(kernel))
    assert not kernel.events("cell_end") and found["loss"][0] == (0, 1.0)
    (kernel.folder / "seen").touch()
    kernel.wait(sent)
    steps = [step for step, _ in points(kernel)["loss"]]
    assert steps == list(range(len(steps)))


def test_executing_a_cell_that_printed_metrics_again_begins_a_new_run(kernel: Kernel) -> None:
    kernel.run(LOOP, "train")
    kernel.run(LOOP, "train")
    assert [event["opened"] for event in kernel.events("run_start")] == ["first cell", "cell run again"]


def test_capturing_them_can_be_switched_off(kernel: Kernel) -> None:
    kernel.attach(capture_off=["printed", "variable"])
    kernel.run(LOOP.replace("let loss", "const losses = [0.5]; let loss"))
    assert points(kernel) == {}


def test_params_that_flow_into_training_are_written_before_the_cell_runs(kernel: Kernel) -> None:
    kernel.run("const lr = 0.1; const epochs = 3; const path = './x.csv'; const unused = 7")
    kernel.run("let w = 0; for (let e = 0; e < epochs; e++) { w = w - lr * (w - 3) } throw new Error('x')")
    found = {event["key"]: (event["value"], event["origin"]) for event in kernel.events("param")}
    assert found == {"lr": (0.1, "name"), "epochs": (3, "name")}
    order = [event["event"] for event in kernel.events("param", "cell_end")]
    assert order == ["cell_end", "param", "param", "cell_end"]


def test_what_was_used_is_told_of_cells_and_runs(kernel: Kernel) -> None:
    kernel.run("const until = Date.now() + 300; while (Date.now() < until) {}")
    (end,) = kernel.events("cell_end")
    assert 0 < end["cpu_seconds"] < 20
    kernel.stop()
    assert kernel.events("usage")[-1]["cpu_seconds"] >= end["cpu_seconds"] / 2


def test_printed_points_have_the_time_at_which_they_were_printed(kernel: Kernel) -> None:
    kernel.run(
        "const stamps: number[][] = []; for (let epoch = 0; epoch < 6; epoch++) {"
        "const begun = Date.now(); while (Date.now() < begun + 40) {}"
        "const loss = (0.9 / (epoch + 1)).toFixed(3);"
        "process.stdout.write(`epoch ${epoch} loss: ${loss}` + (epoch < 5 ? '\\n' : ''));"
        "stamps.push([begun, Date.now()]); }"
    )
    stamps = json.loads(kernel.run("console.log(JSON.stringify(stamps))")[1])
    found = [point for point in lines(kernel) if "loss" in point]
    assert [point["step"] for point in found] == [0, 1, 2, 3, 4, 5]
    # The tracker's clock and that of Date may part by two milliseconds.
    for point, (begun, printed) in zip(found, stamps):
        assert begun + 40 - 3 <= point["time"] * 1000 <= printed + 3
    begun, ended = (kernel.events(kind)[0]["time"] for kind in ("cell_start", "cell_end"))
    assert begun <= iso(found[0]["time"]) < iso(found[-1]["time"]) <= ended


def lines(kernel: Kernel) -> list[dict[str, Any]]:
    """The lines of all files of metrics."""
    kernel.settle()
    paths = sorted(kernel.runs.glob("nb/*/metrics.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def iso(seconds: float) -> str:
    """A time as events have it."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
