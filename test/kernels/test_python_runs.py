"""When runs begin and end in a real kernel, and what they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import sklearn

from backtrail.runlog import append, ids, layout, times
from backtrail.runlog.summary import read_notebook

IMPORT = "import backtrail"


def opened(kernel: Any) -> list[tuple[str, int]]:
    return [(event["opened"], event["cell"]) for event in kernel.events("run_start")]


def ended(kernel: Any) -> list[tuple[str, int]]:
    return [(event["status"], event["cell"]) for event in kernel.events("run_end")]


def test_the_first_execution_opens_a_run_that_has_no_folder_until_it_records(tracked: Any) -> None:
    tracked.run(IMPORT, "a")
    (run,) = tracked.run_ids()
    start = tracked.events("run_start")[0]
    assert (start["opened"], start["cell"], start["number"], start["name"]) == ("first cell", 1, 1, "nb 1")
    assert start["experiment"] == "nb"
    assert not (tracked.runs / "nb" / run).exists()

    tracked.run("backtrail.log_param('lr', 0.1)", "b")
    assert (tracked.runs / "nb" / run).is_dir()
    param = tracked.events("param")[0]
    assert {key: param[key] for key in ("run", "key", "value", "cell", "origin")} == {
        "run": run, "key": "lr", "value": 0.1, "cell": 2, "origin": "logged",
    }  # fmt: skip


def test_a_param_is_on_disk_before_the_next_line_of_the_cell(tracked: Any) -> None:
    answer = tracked.run(
        "import backtrail, glob\nbacktrail.log_param('depth', 3)\n"
        "print('\"depth\"' in open(glob.glob('runs/nb/sessions/*')[0]).read())"
    )
    assert answer.text.strip() == "True"


def test_executing_a_cell_that_logged_a_metric_again_opens_a_new_run(tracked: Any) -> None:
    train = "for i in range(3):\n    backtrail.log_metric('loss', 1 / (i + 1), step=i)"
    tracked.run(IMPORT, "import")
    tracked.run(train, "train")
    tracked.run("1 + 1", "look")
    tracked.run(train, "train")
    assert opened(tracked) == [("first cell", 1), ("cell run again", 4)]
    assert ended(tracked) == [("finished", 3)]
    for run, cell in zip(tracked.run_ids(), (2, 4)):
        assert [(p["step"], p["cell"]) for p in tracked.points(run)] == [(0, cell), (1, cell), (2, cell)]


def test_a_cell_with_params_begins_a_new_run_once_there_are_metrics(tracked: Any) -> None:
    tracked.run(IMPORT + "\nbacktrail.log_param('lr', 1)", "params")
    tracked.run("backtrail.log_param('lr', 2)", "params")
    assert len(tracked.run_ids()) == 1
    tracked.run("backtrail.log_metric('loss', 1.0)", "train")
    tracked.run("backtrail.log_param('lr', 3)", "params")
    assert opened(tracked) == [("first cell", 1), ("cell run again", 4)]
    assert [event["value"] for event in tracked.events("param")] == [1, 2, 3]


def test_running_all_cells_opens_a_run_that_begins_with_the_first_of_them(tracked: Any) -> None:
    tracked.run(IMPORT, "one")
    tracked.run("backtrail.log_metric('loss', 1.0)", "two")
    tracked.run(IMPORT, "one")
    tracked.attach(from_top=True)
    tracked.attach(from_top=True)
    tracked.run("backtrail.log_metric('loss', 2.0)", "two")
    assert opened(tracked) == [("first cell", 1), ("run from the top", 3)]
    assert ended(tracked) == [("finished", 2)]


def test_running_all_cells_keeps_the_params_of_the_first_for_the_new_run(tracked: Any) -> None:
    tracked.run(IMPORT + "\nbacktrail.log_param('lr', 1)", "one")
    tracked.run("backtrail.set_tag('kind', 'try')", "two")
    tracked.run(IMPORT + "\nbacktrail.log_param('lr', 2)\nget_ipython().run_cell('1')", "one")
    reply = tracked.attach(from_top=True)
    assert opened(tracked)[-1] == ("run from the top", 3)
    last = tracked.events("param")[-1]
    assert (last["run"], last["value"], last["cell"]) == (reply["run"]["id"], 2, 3)


def test_running_all_cells_keeps_the_seeds_and_files_of_the_first_for_the_new_run(
    tracked: Any, tmp_path: Path
) -> None:
    data = tmp_path / "data.csv"
    data.write_text("a,b\n1,2\n", encoding="utf-8")
    first = f"import numpy, pandas\nnumpy.random.seed(42)\nframe = pandas.read_csv({str(data)!r})"
    tracked.run(IMPORT + "\n" + first, "one")
    tracked.run("backtrail.log_metric('loss', 1.0)", "two")
    tracked.run(IMPORT + "\n" + first, "one")
    reply = tracked.attach(from_top=True)
    tracked.run("backtrail.log_metric('loss', 2.0)", "two")
    run = reply["run"]["id"]

    def told() -> list[dict[str, Any]]:
        # What there was no time for at once is told twice.
        last = {e["path"]: e for e in tracked.events("input") if e["run"] == run}
        return [e for e in last.values() if e["sha256"]]

    inputs = tracked.eventually(told)
    seeds = [event for event in tracked.events("seed") if event["run"] == run]
    assert [(event["library"], event["value"], event["cell"]) for event in seeds] == [("numpy", 42, 3)]
    assert [(Path(event["path"]).name, event["cell"]) for event in inputs] == [("data.csv", 3)]


def test_what_the_first_of_all_cells_read_is_hashed_for_the_new_run_too_when_that_takes_a_while(
    tracked: Any, tmp_path: Path
) -> None:
    data = tmp_path / "data.bin"
    data.write_bytes(b"x" * 5_000_000)
    first = f"{IMPORT}\n_ = open({str(data)!r}, 'rb').read(); open('out.txt', 'w').write('made')"
    tracked.run(first, "one")
    tracked.run("backtrail.log_metric('loss', 1.0)", "two")
    # Run All: the second cell is sent, with the news that all are run, as soon as the first is answered.
    tracked.run(first, "one")
    run = tracked.attach(from_top=True)["run"]["id"]
    tracked.run("backtrail.log_metric('loss', 2.0)", "two")
    tracked.eventually(
        lambda: [e for e in tracked.events("input") if (e["run"], e["cell"]) == (run, 3) and e["sha256"]]
    )
    tracked.eventually(
        lambda: [e for e in tracked.events("output") if (e["run"], e["cell"]) == (run, 3) and e.get("kept")]
    )
    tracked.shutdown()
    summary = tracked.summary(run)
    expected = hashlib.sha256(b"x" * 5_000_000).hexdigest()
    assert [(one["sha256"], one["size"]) for one in summary["inputs"]] == [(expected, 5_000_000)]
    assert [(one["path"], one["kept"]) for one in summary["outputs"]] == [("out.txt", True)]


def test_the_run_before_keeps_what_it_was_when_its_first_cell_begins_a_run_from_the_top(
    tracked: Any, tmp_path: Path
) -> None:
    for name in ("old", "new"):
        (tmp_path / f"{name}.csv").write_text(name, encoding="utf-8")
    first = IMPORT + "\nimport random\nrandom.seed({seed})\nopen('{name}.csv').read()\n"
    tracked.run(
        first.format(seed=1, name="old") + "open('old.csv').read()\nbacktrail.log_param('lr', 1)", "one"
    )
    tracked.run("open('out.txt', 'w').write('x')", "two")
    assert tracked.run("1 / 0", "three").status == "error"
    tracked.run(first.format(seed=2, name="new") + "backtrail.log_params({'lr': 2, 'depth': 3})", "one")
    tracked.attach(from_top=True)
    tracked.run("1", "two")
    runs = tracked.run_ids()

    notebook = read_notebook(tracked.runs / "nb")
    old, new = map(notebook.summary, runs)
    assert (old["params"], new["params"]) == ({"lr": 1}, {"lr": 2, "depth": 3})
    assert [seed["value"] for seed in old["seeds"]] == [1]
    assert [seed["value"] for seed in new["seeds"]] == [2]
    assert [file["path"] for file in old["inputs"]] == ["old.csv"]
    assert [file["path"] for file in new["inputs"]] == ["new.csv"]
    assert [file["path"] for file in old["outputs"]] == ["out.txt"]
    assert [cell["n"] for cell in old["cells"]] == [1, 2, 3]
    assert [cell["n"] for cell in new["cells"]] == [4, 5]
    assert old["status"] == "failed"


def test_a_large_file_that_the_first_of_all_cells_read_is_hashed_for_the_new_run(tracked: Any) -> None:
    (tracked.folder / "large.bin").write_bytes(bytes(40 << 20))
    tracked.run(IMPORT, "one")
    tracked.run("backtrail.log_metric('loss', 1.0)", "two")
    tracked.run("data = open('large.bin', 'rb').read()", "one")
    tracked.attach(from_top=True)
    tracked.run("backtrail.log_metric('loss', 2.0)", "two")
    old, new = tracked.run_ids()

    def hashed() -> list[str]:
        return [event["run"] for event in tracked.events("input") if event["sha256"]]

    assert tracked.eventually(hashed) == [new]
    notebook = read_notebook(tracked.runs / "nb")
    assert notebook.summary(old)["inputs"] == []
    assert [file["path"] for file in notebook.summary(new)["inputs"]] == ["large.bin"]


def test_running_all_cells_of_a_fresh_kernel_is_one_run(tracked: Any) -> None:
    tracked.run(IMPORT + "\nbacktrail.log_metric('loss', 1.0)", "one")
    tracked.attach(from_top=True)
    tracked.run("1", "two")
    tracked.run(IMPORT + "\nbacktrail.log_metric('loss', 1.0)", "one")
    tracked.attach(from_top=True)
    assert opened(tracked) == [("first cell", 1), ("cell run again", 3)]


def test_start_run_takes_over_a_run_that_is_still_empty(tracked: Any) -> None:
    tracked.run(IMPORT, "a")
    answer = tracked.run(
        "with backtrail.start_run('mine', experiment='sweep', params={'lr': 1}, tags={'a': 'b'}) as run:\n"
        "    backtrail.log_metric('loss', 0.5)\nprint(run.id, run.status, run.info.status)",
        "b",
    )
    (run,) = tracked.run_ids()
    adopted = tracked.events("run_adopt")[0]
    assert (adopted["run"], adopted["name"], adopted["experiment"]) == (run, "mine", "sweep")
    assert ended(tracked) == [("finished", 2)]
    assert answer.text.split() == [run, "finished", "FINISHED"]


def test_a_loop_of_runs_in_one_cell_gives_each_its_own_points(tracked: Any) -> None:
    tracked.run(
        "import backtrail as mlflow\n"
        "for lr in (0.1, 0.01, 0.001):\n"
        "    with mlflow.start_run(run_name=f'lr {lr}'):\n"
        "        mlflow.log_param('lr', lr)\n"
        "        for epoch in range(2):\n"
        "            mlflow.log_metric('loss', lr * epoch, step=epoch)"
    )
    runs = tracked.run_ids()
    assert [event["number"] for event in tracked.events("run_start")] == [1, 2, 3]
    assert ended(tracked) == [("finished", 1)] * 3
    for run, lr in zip(runs, (0.1, 0.01, 0.001)):
        assert [point["loss"] for point in tracked.points(run)] == [0.0, lr]
    assert [event["value"] for event in tracked.events("param")] == [0.1, 0.01, 0.001]


def test_a_nested_run_names_its_parent_and_an_error_fails_both(tracked: Any) -> None:
    answer = tracked.run(
        "import backtrail\n"
        "with backtrail.start_run('outer'):\n"
        "    with backtrail.start_run('inner', nested=True):\n"
        "        backtrail.log_metric('loss', 1.0)\n"
        "        raise ValueError('broken')"
    )
    assert answer.reply["ename"] == "ValueError"
    outer, inner = tracked.events("run_start")
    assert (outer["parent"], inner["parent"]) == (None, outer["run"])
    assert [(e["run"], e["status"]) for e in tracked.events("run_end")] == [
        (inner["run"], "failed"), (outer["run"], "failed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "status"),
    [("FINISHED", "finished"), ("finished", "finished"), ("FAILED", "failed"), ("KILLED", "interrupted")],
)
def test_end_run_understands_both_vocabularies(tracked: Any, word: str, status: str) -> None:
    tracked.run(f"import backtrail\nbacktrail.log_metric('a', 1.0)\nbacktrail.end_run({word!r})")
    assert ended(tracked) == [(status, 1)]


def test_what_is_logged_after_the_end_of_a_run_goes_to_a_new_one(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log(a=1.0)\nbacktrail.end_run()\nbacktrail.log(b=2.0)", "one")
    tracked.run("backtrail.end_run()", "two")
    tracked.run("1", "three")
    assert opened(tracked) == [("first cell", 1), ("after end", 1), ("after end", 3)]
    first, second, _ = tracked.run_ids()
    assert (tracked.points(first)[0]["a"], tracked.points(second)[0]["b"]) == (1.0, 2.0)


def test_a_run_ends_as_its_last_execution_did(tracked: Any) -> None:
    log = "import backtrail\nbacktrail.log_metric('loss', 1.0)"
    tracked.run(log, "train")
    tracked.run("1/0", "bad")
    tracked.run(log, "train")
    tracked.run("1/0", "bad")
    tracked.run("'repaired'", "good")
    tracked.shutdown()
    assert [status for status, _ in ended(tracked)] == ["failed", "finished"]
    assert tracked.events()[-1]["event"] == "session_end"


def test_a_restart_begins_a_new_session_and_ends_the_old_one(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log_metric('loss', 1.0)", "a")
    tracked.restart()
    assert tracked.attach()["state"] == "recording"
    tracked.run("import backtrail\nbacktrail.log_metric('loss', 2.0)", "a")
    assert len(tracked.logs()) == 2
    assert tracked.events(log=0)[-1]["event"] == "session_end"
    assert (opened(tracked), tracked.events("run_start")[0]["number"]) == ([("first cell", 1)], 2)


def test_attaching_again_changes_nothing_and_tells_the_open_run(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log(a=1.0, b=2.0)")
    before = tracked.events()
    replies = [tracked.attach() for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert replies[0]["run"]["metrics"] == 2
    assert replies[0]["run"]["name"] == "nb 1"
    assert replies[0]["directory"] == str(tracked.runs)
    kinds = [event["event"] for event in tracked.events()[len(before) :]]
    assert set(kinds) <= {"environment", "code", "imports"}


def test_a_renamed_notebook_goes_on_in_the_same_log(tracked: Any) -> None:
    tracked.run("1")
    new = str(tracked.folder / "better name.ipynb")
    for _ in range(2):
        tracked.attach(notebook=new)
    (event,) = tracked.events("rename_notebook")
    assert (event["from"], event["to"]) == (str(tracked.notebook), new)
    assert len(tracked.logs()) == 1


def test_capture_off_ends_the_record_and_on_begins_another(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log(a=1.0)")
    assert tracked.attach(capture=False) == {"state": "off"}
    assert tracked.events()[-1] == {**tracked.events()[-1], "event": "session_end", "reason": "capture off"}
    length = len(tracked.events())
    answer = tracked.run("x = 1\nbacktrail.log(a=2.0)\nbacktrail.log(a=3.0)")
    assert answer.status == "ok"
    assert answer.text.count("Capture is off") == 1
    assert len(tracked.events()) == length
    assert tracked.attach()["state"] == "recording"
    tracked.run("backtrail.log(a=4.0)")
    assert len(tracked.logs()) == 2


def test_loading_the_extension_anew_begins_a_new_session_with_the_cell_that_did_it(tracked: Any) -> None:
    tracked.run("%load_ext backtrail", "a")
    tracked.run("%reload_ext backtrail", "b")
    tracked.run("1", "c")
    assert tracked.events(log=0)[-1]["reason"] == "detached"
    assert [event["cell"] for event in tracked.events("cell_start", log=0)] == ["a", "b"]
    assert [event["cell"] for event in tracked.events("cell_start")] == ["b", "c"]
    assert [event["count"] for event in tracked.events("cell_end")] == [2, 3]


def test_capture_can_be_off_from_the_environment(start_kernel: Any) -> None:
    kernel = start_kernel(BACKTRAIL="off")
    assert kernel.attach() == {"state": "off"}
    answer = kernel.run(
        "import backtrail\nwith backtrail.start_run('a') as run:\n    backtrail.log(a=1.0)\nrun.id"
    )
    assert answer.status == "ok"
    assert not kernel.runs.exists()


def test_new_run_from_outside_opens_one_only_when_there_is_something_to_leave(tracked: Any) -> None:
    ask = "__import__('backtrail.tracker.attach', fromlist=['new_run']).new_run()"
    tracked.run("import backtrail", "a")
    tracked.expression(ask)
    assert len(tracked.run_ids()) == 1
    tracked.run("backtrail.log(a=1.0)", "b")
    tracked.expression(ask)
    tracked.run("backtrail.start_run('named')\nbacktrail.log(a=2.0)", "c")
    assert opened(tracked) == [("first cell", 1), ("start_run", 3)]
    assert tracked.events("run_adopt")[0]["name"] == "named"


def test_run_json_is_kept_up_to_date_and_equals_what_the_logs_say(tracked: Any) -> None:
    tracked.run("import backtrail, numpy\nbacktrail.log_param('lr', numpy.float32(0.5))", "a")
    tracked.run("for i in range(10000): backtrail.log_metric('loss', float(i % 7), step=i)", "b")
    (run,) = tracked.run_ids()
    tracked.eventually(lambda: tracked.summary(run).get("metrics", {}).get("loss", {}).get("count") == 10000)
    tracked.eventually(lambda: tracked.summary(run).get("environment"))
    summary = tracked.summary(run)
    assert summary["status"] == "running"
    assert summary["params"] == {"lr": 0.5}
    loss = {"last": 3.0, "min": 0.0, "max": 6.0, "first": 0.0, "count": 10000, "step": 9999}
    assert summary["metrics"]["loss"] == loss
    tracked.shutdown()
    summary = tracked.summary(run)
    assert summary == read_notebook(tracked.runs / "nb").summary(run)
    assert summary["status"] == "finished"
    assert summary["code"]["reason"] == "the notebook's folder is not in a git repository"


def test_run_json_takes_in_what_others_edited_meanwhile(tracked: Any) -> None:
    tracked.run("import backtrail\nbacktrail.log(a=1.0)", "a")
    (run,) = tracked.run_ids()
    log = append.Appender(layout.log_path(tracked.runs / "nb", ids.new_id()))
    log.append(
        {"event": "editor", "time": times.now(), "format": 1, "editor": "x"},
        {"event": "rename", "time": times.now(), "run": run, "name": "renamed outside"},
    )
    tracked.run("2", "b")
    tracked.eventually(lambda: tracked.summary(run).get("name") == "renamed outside")


def test_imported_distributions_are_noted_with_the_cell_that_imported_them(tracked: Any) -> None:
    tracked.run("import sklearn.linear_model")
    imports = tracked.eventually(lambda: [e for e in tracked.events("imports") if e["n"] == 1])
    assert imports[0]["packages"]["scikit-learn"] == sklearn.__version__
    assert "numpy" in imports[0]["packages"]
