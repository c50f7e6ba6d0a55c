"""The work that is done away from the cells."""

from __future__ import annotations

import queue
import threading
import time
from typing import Any

import pytest

from backtrail.tracker.background import Background


def test_what_there_was_no_time_for_at_the_end_is_told() -> None:
    background, begun, gate = Background(True), threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        gate.wait(60)

    background.do("slow", slow)
    assert begun.wait(60)
    background.do("next", lambda: None)
    assert list(background.finish(0.0)) == ["next"]
    gate.set()


def test_everything_is_done_at_the_end_when_there_is_time() -> None:
    done: list[str] = []
    background = Background(False)
    background.do("first", lambda: done.append("first"))
    background.do("second", lambda: done.append("second"))
    background.do("first", lambda: done.append("first again"))
    assert background.finish(60.0) == {}
    assert done == ["second", "first again"]


def test_what_there_is_no_time_for_at_the_end_is_said(recorded: Any) -> None:
    session = recorded.recorder.session
    session.background.do("slow", lambda: time.sleep(2.1))
    session.background.do("code", lambda: session.write("code", run="never"))
    recorded.recorder.end("test")
    said = [event["message"] for event in recorded.events("warning")]
    assert said == ["The kernel ended before everything about its last cells was recorded."]
    assert recorded.events()[-1]["event"] == "session_end"


def test_what_is_left_has_the_time_that_files_left_of_it(
    recorded: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []
    monkeypatch.setattr(Background, "finish", lambda self, seconds: given.append(seconds) or {})
    recorded.recorder.end("test", spent=1.3)
    recorded.recorder.end("test", spent=60.0)
    assert given == [pytest.approx(0.5), pytest.approx(0.4)]


def test_a_job_that_can_wait_does_so_while_a_cell_runs_and_lets_others_go_before() -> None:
    background, done = Background(True), queue.Queue[str]()
    running = True
    background.busy = lambda: running
    background.do("long", lambda: done.put("long"), patient=True)
    background.do("short", lambda: done.put("short"))
    assert done.get(timeout=60) == "short"
    running = False
    assert done.get(timeout=60) == "long"


def test_at_the_end_nothing_waits_for_a_cell_any_more() -> None:
    background = Background(True)
    done: list[str] = []
    background.busy = lambda: True
    background.do("long", lambda: done.append("long"), patient=True)
    assert background.finish(60) == {}
    assert done == ["long"]
