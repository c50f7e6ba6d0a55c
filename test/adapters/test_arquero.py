"""TypeScript notebooks that compute with tables of arquero, in a real kernel of tslab."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture(scope="module")
def kernel(node_kernel: Any) -> Any:
    node_kernel.run("import * as aq from 'arquero'")
    return node_kernel


def test_tables_of_the_same_rows_are_the_same_and_a_filter_makes_another(kernel: Any) -> None:
    told = kernel.did(
        "const p = aq.table({ x: [1, 2, 3], y: ['a', 'b', 'a'] });"
        "const q = aq.from([{ x: 1, y: 'a' }, { x: 2, y: 'b' }, { x: 3, y: 'a' }]);"
        "const some = p.filter((d: any) => d.x > 1);"
        "const groups = p.groupby('y'); const last = p.orderby('x');",
    )["bound"]
    assert told["p"]["fingerprint"] == told["q"]["fingerprint"]
    assert (told["p"]["type"], told["p"]["shape"], told["p"]["seen"]) == ("ColumnTable", [3, 2], "exact")
    assert (told["some"]["shape"], told["some"]["seen"]) == ([2, 2], "exact")
    assert len({told[name]["fingerprint"] for name in ("p", "some", "groups")}) == 3
    assert told["groups"]["seen"] == "exact"
    assert told["last"]["seen"] == "opaque"


def test_looking_at_a_table_changes_nothing(kernel: Any) -> None:
    told = kernel.did("p.print(); some.print(); groups.count().objects(); p.array('x').length")
    assert not told.get("changed")


def test_a_table_of_results_gives_its_rows_as_metrics_and_one_of_data_none(kernel: Any) -> None:
    kernel.did(
        "const score = (x: number) => x / 7; const runs = aq.table("
        "{ model: ['ridge', 'tree'], rmse: [score(2), score(3)] }); runs.print();"
        "const errors = aq.table({ day: [1, 2], error: [0.5, 0.25], price: [3, 4], rain: [1, 0] });",
    )
    found = [
        {key: value for key, value in json.loads(line).items() if "/" in key or key == "error"}
        for path in kernel.runs.glob("nb/*/metrics.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert found == [{"rmse/ridge": 2 / 7}, {"rmse/tree": 3 / 7}]
