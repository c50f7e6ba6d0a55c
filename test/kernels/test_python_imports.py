"""Libraries that a cell imports are listened to before anything can call them, if not before its answer."""

from __future__ import annotations

from typing import Any

import pytest

IMPORT = "import sklearn.metrics"
SCORED = "from sklearn.metrics import accuracy_score\nscored = accuracy_score([1, 0, 1, 1], [1, 1, 1, 1])"


def scores(kernel: Any) -> list[float]:
    """What the run has of the metric that the cells ask for."""
    kernel.shutdown()
    return [
        point["accuracy_score"]
        for run in kernel.run_ids()
        if kernel.summary(run).get("metrics")
        for point in kernel.points(run)
        if "accuracy_score" in point
    ]


def origins(kernel: Any) -> set[str]:
    return {event["origin"] for event in kernel.events("metric") if event["key"] == "accuracy_score"}


@pytest.mark.parametrize(
    "cells",
    [
        (f"{IMPORT}\nimport warnings\nwarnings.filterwarnings('ignore')", SCORED),
        (SCORED,),
        (f"{IMPORT}\n{SCORED}",),
        (f"try:\n    {IMPORT}\nexcept ImportError:\n    pass", SCORED),
    ],
    ids=["after a cell that imports", "in one cell", "in one cell, later", "after a guarded import"],
)
def test_a_library_is_heard_as_soon_as_a_cell_can_call_it(tracked: Any, cells: tuple[str, ...]) -> None:
    for answer in tracked.wait(*[tracked.send(cell) for cell in cells]):
        assert answer.status == "ok"
    assert scores(tracked) == [0.75]
    assert origins(tracked) == {"sklearn"}


def test_what_a_module_of_the_users_calls_while_it_is_imported_is_heard(tracked: Any) -> None:
    (tracked.folder / "scored.py").write_text(SCORED)
    assert tracked.run(f"{IMPORT}\nimport scored").status == "ok"
    assert scores(tracked) == [0.75]


def test_a_module_of_the_users_that_imports_the_library_first_is_heard(tracked: Any) -> None:
    (tracked.folder / "scored.py").write_text(SCORED)
    assert tracked.run("import scored").status == "ok"
    assert scores(tracked) == [0.75]


def test_a_part_of_a_package_of_the_users_that_was_imported_before_is_heard(tracked: Any) -> None:
    (tracked.folder / "mine").mkdir()
    (tracked.folder / "mine/__init__.py").write_text("")
    (tracked.folder / "mine/scored.py").write_text(SCORED)
    assert tracked.run("import mine").status == "ok"
    assert tracked.run(f"{IMPORT}\nfrom mine import scored").status == "ok"
    assert scores(tracked) == [0.75]


def test_an_import_that_fails_leaves_nothing_unheard(tracked: Any) -> None:
    assert tracked.run(f"{IMPORT}\nimport there_is_no_such_module").status == "error"
    assert tracked.run(SCORED).status == "ok"
    assert scores(tracked) == [0.75]
