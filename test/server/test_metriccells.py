"""Which executions logged metrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtrail.server import metriccells
from backtrail.server.metriccells import metric_cells


def lines_of(cell: int, count: int) -> bytes:
    return b'{"step":1,"time":1.5,"cell":%d,"loss":0.5}\n' % cell * count


@pytest.mark.parametrize("piece", [50, 64, 997, 1 << 20])
def test_every_cell_is_found_wherever_its_lines_stand(tmp_path: Path, monkeypatch, piece: int) -> None:
    monkeypatch.setattr(metriccells, "_PIECE", piece)
    path = tmp_path / "metrics.jsonl"
    for before in (0, 1, 7, 100):
        for after in (0, 1, 7, 100):
            path.write_bytes(lines_of(1, before) + lines_of(22, 1) + lines_of(1, after))
            assert metric_cells(path) == ([1, 22] if before + after else [22])


def test_lines_without_a_cell_of_another_form_and_torn_ones_count_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(lines_of(3, 5) + b'{"step":1,"loss":2}\n{ "loss": 1, "cell" : 4 }\n\n' + lines_of(3, 5))
    assert metric_cells(path) == [3, 4]
    path.write_bytes(lines_of(3, 5) + b'{"step":1,"cell":8,"lo')
    assert metric_cells(path) == [3, 8]
    assert metric_cells(tmp_path / "none.jsonl") == []
