"""Metrics that a notebook prints, keeps in variables or shows: each quantity is one metric of the run."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def metrics(tracked: Any) -> Any:
    """Runs cells, and gives the metrics of the run as the summary has them, with their origins."""

    def of(*cells: str) -> dict[str, dict[str, Any]]:
        for number, source in enumerate(cells):
            assert tracked.run(source, f"cell-{number}").status == "ok", source
        tracked.shutdown()
        (run,) = tracked.run_ids()
        origins = {event["key"]: event for event in tracked.events("metric")}
        summary = tracked.summary(run).get("metrics", {})
        points = tracked.points(run) if summary else []
        return {
            key: {
                "values": [point[key] for point in points if key in point],
                "steps": [point["step"] for point in points if key in point],
                "origin": origins[key]["origin"],
                "exact": origins[key].get("exact", True),
            }
            for key in summary
        }

    return of


def test_printed_lines_of_a_loop_are_a_series_with_their_steps(metrics: Any) -> None:
    found = metrics("for epoch in range(1, 4):\n    print(f'Epoch {epoch}/3, loss: {1 / epoch:.3f}')")
    assert found == {
        "loss": {"values": [1.0, 0.5, 0.333], "steps": [1, 2, 3], "origin": "printed", "exact": False}
    }


def test_bare_numbers_have_the_names_of_what_was_printed(metrics: Any) -> None:
    found = metrics("for i in range(3):\n    cost = 1 / (i + 1.7)\n    print(i, cost)")
    assert list(found) == ["cost"]
    assert found["cost"]["steps"] == [0, 1, 2]


def test_a_list_that_grows_is_preferred_to_the_rounded_text(metrics: Any) -> None:
    loop = "for e in range(4):\n    losses.append(1 / (e + 1.3))\n    print('loss: %.4f' % losses[-1])"
    found = metrics(f"losses = []\n{loop}")
    assert list(found) == ["losses"]
    assert found["losses"]["values"] == [1 / (e + 1.3) for e in range(4)]
    assert found["losses"]["exact"] is True


def test_one_score_that_is_printed_kept_and_shown_is_one_metric(metrics: Any) -> None:
    found = metrics(
        "def evaluate():\n    return 0.9123456",
        "test_accuracy = evaluate()\nprint(f'Test accuracy: {test_accuracy:.3f}')\ntest_accuracy",
    )
    assert {key: one["values"] for key, one in found.items()} == {"test_accuracy": [0.9123456]}


def test_histories_of_lists_and_attributes_of_models_are_series(metrics: Any) -> None:
    found = metrics(
        "history = {'train_loss': [], 'val_loss': []}",
        "for e in range(3):\n    for name in history:\n        history[name].append(len(name) / (e + 3))",
        "class Model:\n    def fit(self):\n        self.costs = [1.5 / (i + 7) for i in range(5)]",
        "m = Model()\nm.fit()",
    )
    assert {key: len(one["values"]) for key, one in found.items()} == {
        "train_loss": 3,
        "val_loss": 3,
        "costs": 5,
    }


def test_a_table_of_results_that_is_shown_has_a_metric_for_each_of_its_rows(metrics: Any) -> None:
    pytest.importorskip("pandas")
    found = metrics(
        "import pandas as pd\n"
        "def judged(a):\n    return {'RMSE': a / 3, 'R2': 1 - a / 7}\n"
        "pd.DataFrame({name: judged(a) for name, a in (('Ridge', 1), ('Lasso', 2))}).T"
    )
    assert {key: one["values"] for key, one in found.items()} == {
        "rmse/ridge": [1 / 3],
        "r2/ridge": [1 - 1 / 7],
        "rmse/lasso": [2 / 3],
        "r2/lasso": [1 - 2 / 7],
    }
    assert {one["origin"] for one in found.values()} == {"table"}


def test_a_simulation_that_prints_by_the_day_is_a_series(metrics: Any) -> None:
    found = metrics(
        "infected = 10.0\nfor day in range(1, 5):\n    infected = infected * 1.3\n"
        "    print(f'day {day}: infected {infected:.2f}')"
    )
    assert found["infected"]["steps"] == [1, 2, 3, 4]
    assert found["infected"]["values"] == [13.0, 16.9, 21.97, 28.56]


def test_what_explores_data_is_no_metric(metrics: Any) -> None:
    found = metrics(
        "data = list(range(150))\nprint(len(data))\nlen(data)",
        "print('shape:', (150, 4)); print('time: 3.2 s'); lr = 0.01 * 3; size = len(data)\nsize",
        "best_loss = float('inf'); accuracy = 0.0; path = 'x'\nprint('version', '1.2.3')",
    )
    assert found == {}


def test_executing_a_cell_with_metrics_again_begins_a_run_and_looking_at_a_result_again_does_not(
    tracked: Any,
) -> None:
    tracked.run("def score():\n    return 0.875", "a")
    tracked.run("score()", "b")
    tracked.run("score()", "b")
    assert len(tracked.run_ids()) == 1
    for _ in range(2):
        tracked.run("losses = [1 / (i + 2.5) for i in range(4)]", "c")
    assert len(tracked.run_ids()) == 2
    tracked.shutdown()
    for run in tracked.run_ids():
        assert tracked.summary(run)["metrics"]["losses"]["count"] == 4


def test_what_the_user_logs_is_left_alone(metrics_logged: Any) -> None:
    assert metrics_logged == {"loss": [0.5, 0.25]}


@pytest.fixture
def metrics_logged(tracked: Any) -> dict[str, Any]:
    tracked.run(
        "import backtrail\nfor l in (0.5, 0.25):\n    print('loss:', l)\n    loss = l * 1\n"
        "    backtrail.log_metric('loss', l)"
    )
    tracked.shutdown()
    (run,) = tracked.run_ids()
    points = tracked.points(run)
    return {key: [p[key] for p in points if key in p] for key in tracked.summary(run)["metrics"]}


def test_metrics_are_there_while_the_cell_still_runs(tracked: Any) -> None:
    request = tracked.send(
        "import os, time\nlosses = []\nfor e in range(40):\n"
        "    losses.append(1 / (e + 1.5))\n    time.sleep(0.1)\n"
        "while not os.path.exists('seen'):\n    time.sleep(0.1)",
        "a",
    )
    (run,) = tracked.eventually(tracked.run_ids)
    tracked.eventually(lambda: list(tracked.runs.glob(f"*/{run}/metrics.jsonl")))
    assert len(tracked.events("cell_end")) == 0
    (tracked.folder / "seen").touch()
    tracked.wait(request)
    assert [point["losses"] for point in tracked.points(run)] == [1 / (e + 1.5) for e in range(40)]


def test_sources_can_be_switched_off(start_kernel: Any) -> None:
    kernel = start_kernel(BACKTRAIL_CAPTURE_OFF="printed,last expression")
    kernel.attach()
    kernel.run("print('loss: 0.5')\nlosses = [0.25, 0.125]")
    kernel.run("accuracy = 1 / 3.5\naccuracy")
    kernel.shutdown()
    assert {event["origin"] for event in kernel.events("metric")} == {"variable"}


def test_a_very_long_output_is_read_to_its_end(tracked: Any) -> None:
    tracked.run("for i in range(5000):\n    print(f'step {i}: loss {1 / (i + 1):.6f}')", "a")
    tracked.run("done = True", "b")
    (run,) = tracked.run_ids()
    tracked.eventually(lambda: len(tracked.points(run)) == 5000)
    assert {point["cell"] for point in tracked.points(run)} == {1}


def test_outputs_have_digests_without_what_differs_each_time(start_kernel: Any) -> None:
    kernels = [start_kernel(name) for name in ("one", "two")]
    for index, kernel in enumerate(kernels):
        kernel.attach()
        kernel.run(f"print('took', {index} + 0.125, 's', object())\nprint('loss 0.5')")
        kernel.run("import sys\nprint('e', file=sys.stderr)\ndisplay({'a': 1})\n'result'")
        kernel.run(f"print({index})")
        kernel.run("x = 1")
        kernel.shutdown()
    one, two = ([{**event, "time": None} for event in kernel.events("outputs")] for kernel in kernels)
    assert one[:2] == two[:2]
    assert one[2] != two[2]
    assert [event["n"] for event in one] == [1, 2, 3]
    assert [set(event["streams"]) for event in one[:2]] == [{"stdout"}, {"stderr"}]
    assert [list(display["mimes"]) for display in one[1]["displays"]] == [["text/plain"], ["text/plain"]]


FAULTS = """
import importlib
def broken(*given, **more): raise {fault}
for place in ({places}):
    module, owner, name = place.rsplit('.', 2)
    setattr(getattr(importlib.import_module('backtrail.tracker.' + module), owner), name, broken)
"""
PLACES = [
    "captured.Captured.before",
    "captured.Captured.after",
    "captured.Captured._look",
    "printed.stream.Streams._take",
    "printed.printing.Printing.read",
    "printed.calls.Calls.names",
    "printed.reader.Reader.read",
    "names.variables.Variables.look",
    "outputs.Outputs.printed",
    "outputs.Outputs.shown",
    "sightings.Sightings.see",
    "sightings.Sightings.settle",
]


@pytest.mark.parametrize("fault", ["SystemExit", "MemoryError"])
def test_a_fault_in_what_hears_of_metrics_never_reaches_a_cell(start_kernel: Any, fault: str) -> None:
    plain, kernel = start_kernel("plain"), start_kernel("broken")
    kernel.attach()
    cells = [
        "print('loss: 0.5')\nlosses = [0.5]",
        "display({'a': 1})\n1/0",
        "accuracy = len(losses) / 3\naccuracy",
    ]
    for place in PLACES:
        code = FAULTS.format(fault=fault, places=repr(place) + ",")
        kernel.expression(f"exec({code!r}, {{}})")
        for cell in cells:
            answers = [one.run(cell) for one in (plain, kernel)]
            kinds = [[(kind, content.get("data")) for kind, content in answer.outputs] for answer in answers]
            assert kinds[0] == kinds[1], place
            assert answers[0].text == answers[1].text
    assert len(kernel.events("cell_end")) == len(PLACES) * len(cells)
