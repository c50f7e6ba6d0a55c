"""The work that is done away from the cells."""

from __future__ import annotations

import threading

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
