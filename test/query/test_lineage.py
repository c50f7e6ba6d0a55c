"""What files were made of, as the command line and the panel tell it."""

from __future__ import annotations

from typing import Any

from backtrail.query.lineage import FileIndex


def run(number: int, reads: list[str] = [], writes: list[str] = []) -> dict[str, Any]:  # noqa: B006
    def files(names: list[str], cell: int) -> list[dict[str, Any]]:
        return [{"path": name, "sha256": f"sha of {name}", "size": 1, "cell": cell} for name in names]

    return {
        "id": f"run-{number:05}",
        "name": f"run {number}",
        "notebook": {"path": "/n.ipynb"},
        "started": f"2026-11-01T10:00:00.{number:06}Z",
        "ended": f"2026-11-01T10:00:00.{number:06}Z",
        "inputs": files(reads, 1),
        "outputs": files(writes, 2),
        "artifacts": [],
        "datasets": [],
    }


def test_the_origins_go_back_to_the_beginning_and_are_told_once() -> None:
    runs = [run(1, ["raw"], ["a"]), run(2, ["a"], ["b"]), run(3, ["a", "b"], ["c"])]
    a, b = FileIndex(runs).origins(runs[2])
    assert a["made"]["run"] == "run-00001"
    assert [one["path"] for one in a["made"]["inputs"]] == ["raw"]
    assert a["made"]["inputs"][0]["made"] is None
    assert b["made"]["inputs"][0]["made"] == {**FileIndex(runs).uses("sha of a")[-1].to_json(), "told": True}


def test_what_reads_nothing_has_nothing_that_stands_elsewhere() -> None:
    runs = [run(1, [], ["a", "b"]), run(2, ["a", "b"])]
    assert [one["made"]["inputs"] for one in FileIndex(runs).origins(runs[1])] == [[], []]


def test_a_chain_of_thousands_of_runs_is_told_as_far_as_anybody_reads() -> None:
    runs = [run(n, [f"model {n - 1}"], [f"model {n}"]) for n in range(1, 5000)]
    origins, generations = FileIndex(runs).origins(runs[-1]), 0
    while origins:
        (origin,) = origins
        generations += 1
        origins = origin["made"].get("inputs")
    assert generations == 50
    assert origin["made"]["more"] is True
