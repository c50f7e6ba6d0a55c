"""Secrets in real cells: the cell runs with them, the record does without."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

HELD = ("hunter2", "x1y2z3", "ACME-17")


def kept(kernel: Any) -> bytes:
    """All that was written: logs, summaries, blobs."""
    return b"".join(path.read_bytes() for path in kernel.runs.rglob("*") if path.is_file())


def test_a_cell_runs_with_its_secret_and_is_recorded_without(tracked: Any) -> None:
    answer = tracked.run('password = "hunter2"\nprint(len(password), password[:3])', "c1")
    assert (answer.status, answer.text) == ("ok", "7 hun\n")
    (start,) = tracked.events("cell_start")
    assert start["source"] == 'password = "[withheld: password]"\nprint(len(password), password[:3])'
    assert start["withheld"] == [{"kind": "password", "count": 1}]
    assert start["sha256"] == hashlib.sha256(start["source"].encode()).hexdigest()
    assert tracked.expression("password") == "hunter2"


def test_magics_errors_params_and_large_cells_hold_no_secret(tracked: Any) -> None:
    tracked.run("%env API_KEY=x1y2z3")
    tracked.run('raise ValueError("cannot reach postgres://ada:hunter2@db/x")')
    tracked.run('import backtrail\nbacktrail.log_params({"db": {"password": "hunter2"}, "lr": 0.1})')
    tracked.run('secret = "x1y2z3"\n' + "# " + "long " * 20_000)
    magic = tracked.events("cell_start")[0]
    assert magic["source"] == "%env API_KEY=[withheld: key]"
    assert "x1y2z3" not in magic["transformed"]
    assert tracked.events("cell_end")[1]["error"]["message"].endswith("ada:[withheld: password]@db/x")
    assert tracked.events("cell_start")[3]["source_blob"]
    run = tracked.run_ids()[0]
    summary = tracked.eventually(lambda: tracked.summary(run).get("params") and tracked.summary(run))
    assert summary["params"] == {"db": {"password": "[withheld: password]"}, "lr": 0.1}
    tracked.shutdown()
    assert not [held for held in HELD if held.encode() in kept(tracked)]


def test_patterns_of_the_user_come_by_variable_and_by_setting(start_kernel: Callable[..., Any]) -> None:
    kernel = start_kernel(BACKTRAIL_REDACT="ACME-\\d+")
    assert kernel.attach(redact=["site \\w+"])["state"] == "recording"
    kernel.run("# ACME-17 at site Paris")
    kernel.attach(redact=["("])
    kernel.run("# ACME-17 at site Paris")
    first, second = kernel.events("cell_start")
    assert first["source"] == "# [withheld: pattern] at [withheld: pattern]"
    assert second["source"] == "# [withheld: pattern] at site Paris"
    (warning,) = kernel.events("warning")
    assert "'('" in warning["message"]
