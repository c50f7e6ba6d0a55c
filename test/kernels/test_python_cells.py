"""Executions in a real kernel, as the log has them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest


def ends(kernel: Any) -> list[tuple[int, str, Any]]:
    return [(e["n"], e["status"], (e.get("error") or {}).get("type")) for e in kernel.events("cell_end")]


def test_the_first_cell_is_recorded_as_it_was_executed(tracked: Any) -> None:
    source = "x = 1\nx + 1"
    assert tracked.run(source, "first").outputs[0][1]["data"]["text/plain"] == "2"

    assert tracked.events()[0]["event"] == "session"
    start = tracked.events("cell_start")[0]
    assert (start["n"], start["cell"], start["source"], start["parent"]) == (1, "first", source, None)
    assert start["sha256"] == hashlib.sha256(source.encode()).hexdigest()
    end = tracked.events("cell_end")[0]
    assert (end["n"], end["count"], end["status"]) == (1, 1, "finished")
    assert "error" not in end


def test_magics_are_kept_as_typed_and_as_transformed(tracked: Any) -> None:
    tracked.run("%%time\n1 + 1")
    start = tracked.events("cell_start")[0]
    assert start["source"] == "%%time\n1 + 1"
    assert "run_cell_magic" in start["transformed"]


@pytest.mark.parametrize(
    ("source", "kind", "message", "line", "unparsable"),
    [
        ("x = 1\n\n1 / 0", "ZeroDivisionError", "division by zero", 3, False),
        ("x = 1\nif if", "SyntaxError", "invalid syntax", 2, True),
        ("def f():\n    raise KeyError('a')\nf()", "KeyError", "'a'", 3, False),
        ("%no_such_magic", "UsageError", "Line magic function `%no_such_magic` not found.", 1, False),
        ("raise SystemExit(3)", "SystemExit", "3", 1, False),
        ("import asyncio\nraise asyncio.CancelledError()", "CancelledError", "", 2, False),
    ],
)
def test_a_cell_that_fails_says_how_and_where(  # noqa: PLR0917
    tracked: Any, source: str, kind: str, message: str, line: int, unparsable: bool
) -> None:
    tracked.run(source)
    end = tracked.events("cell_end")[0]
    assert end["status"] == "failed"
    assert end["error"]["type"] == kind
    assert end["error"]["message"].startswith(message)
    assert (end["error"]["line"], end["error"]["unparsable"]) == (line, unparsable)


def test_the_text_of_the_users_own_exception_is_not_asked_for_twice(tracked: Any) -> None:
    source = (
        "asked = 0\nclass Odd(Exception):\n    def __str__(self):\n"
        "        global asked\n        asked += 1\n        return 'odd'\nraise Odd('plain', 7)"
    )
    tracked.run(source)
    assert tracked.events("cell_end")[0]["error"]["message"] == "plain, 7"


@pytest.mark.parametrize(
    "source",
    [
        "import time\nprint('on')\ntime.sleep(60)",
        # ipykernel hears of the interrupt when its loop wakes up, so the cell must not sleep in one piece.
        "import asyncio\nprint('on')\nfor _ in range(600):\n    await asyncio.sleep(0.1)",
    ],
)
def test_an_interrupted_cell_is_interrupted_with_top_level_await_too(tracked: Any, source: str) -> None:
    request = tracked.send(source)
    tracked.eventually(lambda: tracked.events("cell_start"))
    # The start line is written before the cell runs; the interrupt must find it running.
    while tracked.client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    tracked.manager.interrupt_kernel()
    tracked.eventually(lambda: tracked.events("cell_end"))
    assert ends(tracked)[0][:2] == (1, "interrupted")
    assert request


def test_an_execution_inside_another_names_it(tracked: Any) -> None:
    tracked.run("get_ipython().run_cell('1/0')\n'went on'", "outer")
    outer, inner = tracked.events("cell_start")
    assert (inner["parent"], inner["cell"], outer["cell"]) == (outer["n"], None, "outer")
    assert ends(tracked) == [(2, "failed", "ZeroDivisionError"), (1, "finished", None)]


def test_empty_silent_and_aborted_cells_are_not_executions(tracked: Any) -> None:
    requests = [tracked.send(code) for code in ("", "  \n", "# a remark", "1/0", "never = 1")]
    tracked.wait(*requests)
    tracked.run("quiet = 1", silent=True)
    assert [start["source"] for start in tracked.events("cell_start")] == ["# a remark", "1/0"]
    assert ends(tracked) == [(1, "finished", None), (2, "failed", "ZeroDivisionError")]


def test_executions_outside_the_history_have_a_number_of_their_own(tracked: Any) -> None:
    tracked.run("a = 1", history=False)
    tracked.run("b = 2")
    assert [event["n"] for event in tracked.events("cell_end")] == [1, 2]
    assert tracked.events("cell_end")[1]["count"] == 1


def test_a_large_source_is_kept_as_a_blob(tracked: Any) -> None:
    source = "x = '" + "a" * 70_000 + "'"
    tracked.run(source)
    start = tracked.events("cell_start")[0]
    digest = hashlib.sha256(source.encode()).hexdigest()
    assert "source" not in start
    assert start["source_blob"] == digest == start["sha256"]
    assert (tracked.runs / "blobs/sha256" / digest[:2] / digest).read_text() == source


def test_cells_in_a_subshell_are_told_apart_from_those_beside_them(tracked: Any) -> None:
    message = tracked.client.session.msg("create_subshell_request", {})
    tracked.client.control_channel.send(message)
    subshell = tracked.client.get_control_msg(timeout=60)["content"]["subshell_id"]
    main = tracked.send(
        "import time, backtrail, os\nopen('main-on', 'w').close()\n"
        "while not os.path.exists('sub-done'): time.sleep(0.01)\nbacktrail.log_metric('main', 1.0)",
        "main",
    )
    tracked.eventually((tracked.folder / "main-on").exists)
    sub = tracked.send(
        "import backtrail\nfor i in range(3): backtrail.log_metric('sub', float(i))\n"
        "open('sub-done', 'w').close()",
        "sub",
        subshell=subshell,
    )
    tracked.wait(main, sub)
    starts = {start["cell"]: start for start in tracked.events("cell_start")}
    assert starts["main"]["parent"] is None
    assert starts["sub"]["parent"] is None
    (run,) = tracked.run_ids()
    cells = {key: point["cell"] for point in tracked.points(run) for key in ("main", "sub") if key in point}
    assert cells == {"main": starts["main"]["n"], "sub": starts["sub"]["n"]}
