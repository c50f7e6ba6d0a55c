"""Params, tags, notes, seeds and experiments, as the log has them."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import backtrail
from backtrail.tracker.notices import BacktrailWarning


class Odd:
    def __str__(self) -> str:
        return "odd(1)"


class Broken:
    def __str__(self) -> str:
        raise ValueError("no text")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1, 1), (0.5, 0.5), (True, True), (None, None), ("x", "x"), ([1, (2, "a")], [1, [2, "a"]]),
        ({"a": {1: 2}}, {"a": {"1": 2}}), (np.int64(3), 3), (np.float32(0.5), 0.5), (np.bool_(True), True),
        (float("nan"), "NaN"), (Path("/a/b"), "/a/b"), (Decimal("1.50"), "1.50"), (Odd(), "odd(1)"),
        (Broken(), "<Broken>"), (dict, "builtins.dict"), (len, "builtins.len"), ({3, 1}, [1, 3]),
        (np.array([1, 2]), "[1 2]"),
    ],
)  # fmt: skip
def test_a_param_keeps_what_json_can_hold_and_the_text_of_the_rest(
    recorded: Any, value: Any, kept: Any
) -> None:
    assert backtrail.log_param("p", value) is value
    assert recorded.events("param")[0]["value"] == kept


def test_a_long_text_is_cut(recorded: Any) -> None:
    backtrail.log_param("p", Odd)
    backtrail.log_params({"q": type("Long", (), {"__str__": lambda self: "x" * 10_000})()})
    assert recorded.events("param")[1]["value"] == "x" * 5999 + "…"


def test_a_params_change_is_kept_as_a_change(recorded: Any) -> None:
    backtrail.log_params({"lr": 1, "depth": 2})
    backtrail.log_param("lr", 3)
    assert [(event["key"], event["value"]) for event in recorded.events("param")] == [
        ("lr", 1), ("depth", 2), ("lr", 3),
    ]  # fmt: skip


def test_tags_notes_and_names(recorded: Any) -> None:
    with backtrail.start_run(run_name="a", description="why", tags={"t": 1}) as run:
        backtrail.set_tags({"u": "v", "mlflow.runName": "b", "mlflow.note.content": "because"})
        backtrail.delete_tag("t")
        assert run.data.tags == {"u": "v"}
        assert (run.name, run.info.run_name) == ("b", "b")
    assert [event["text"] for event in recorded.events("note")] == ["why", "because"]
    assert [(event["key"], event["value"]) for event in recorded.events("tag")] == [
        ("t", 1), ("u", "v"), ("t", None),
    ]  # fmt: skip


def test_an_experiment_groups_the_runs_that_begin_after_it(recorded: Any) -> None:
    assert backtrail.set_experiment("depth sweep").experiment_id == "depth sweep"
    with backtrail.start_run("a"):
        backtrail.log(x=1.0)
    with backtrail.start_run("b", experiment="another"):
        backtrail.log(x=1.0)
    assert [event["experiment"] for event in recorded.events("run_start")] == ["depth sweep", "another"]


def test_a_run_of_the_session_can_be_gone_on_with(recorded: Any) -> None:
    with backtrail.start_run("a") as first:
        backtrail.log(x=1.0)
    with backtrail.start_run(run_id=first.id) as again:
        backtrail.log(x=2.0)
    assert again.id == first.id
    assert again.data.metrics == {"x": 2.0}
    assert len(recorded.events("run_start")) == 1
    with pytest.warns(BacktrailWarning, match="no run 20"):
        backtrail.start_run(run_id="20261123-151601000-k3f9")


def test_active_run_is_the_innermost(recorded: Any) -> None:
    assert backtrail.active_run() is None
    with backtrail.start_run("outer") as outer:
        with backtrail.start_run("inner", nested=True) as inner:
            assert backtrail.active_run().id == inner.id
        assert backtrail.active_run().id == outer.id
        assert backtrail.get_run(inner.id).status == "finished"
    assert backtrail.active_run() is None
    assert backtrail.last_active_run().id == outer.id


def test_an_error_in_the_block_fails_the_run_and_goes_on(recorded: Any) -> None:
    with pytest.raises(ZeroDivisionError), backtrail.start_run("a") as run:
        1 / 0  # noqa: B018
    with pytest.raises(KeyboardInterrupt), backtrail.start_run("b") as stopped:
        raise KeyboardInterrupt
    assert (run.status, run.info.status) == ("failed", "FAILED")
    assert (stopped.status, stopped.info.status) == ("interrupted", "KILLED")


def test_an_unknown_way_to_end_counts_as_finished_and_is_said(recorded: Any) -> None:
    run = backtrail.start_run("a")
    with pytest.warns(BacktrailWarning, match="not as DONE"):
        backtrail.end_run("DONE")
    assert run.status == "finished"


def test_a_seed_is_set_in_every_library_that_is_loaded_and_recorded(recorded: Any) -> None:
    backtrail.set_seed(5)
    first = (random.random(), np.random.random())
    backtrail.set_seed(5)
    assert (random.random(), np.random.random()) == first
    assert [(event["library"], event["value"]) for event in recorded.events("seed")][:2] == [
        ("python", 5), ("numpy", 5),
    ]  # fmt: skip
