"""A run whose results hang on the time zone is repeated in the zone of the notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CELLS = [
    "import time",
    "begun = time.mktime((2024, 7, 1, 0, 0, 0, 0, 0, -1))",
    "print('loss:', begun % 86400)",
]


def test_a_replay_and_a_script_have_the_time_zone_of_the_notebook(
    record: Callable[..., Any], tmp_path: Path
) -> None:
    notebook = record(CELLS, TZ="Asia/Tokyo")
    [environment] = notebook.events("environment")
    assert environment["time_zone"] == "Asia/Tokyo"
    found = notebook.verify(TZ="America/Lima")
    assert (found["verdict"], found["exit"]) == ("identical", 0), found["says"]
    script = tmp_path / "again.py"
    assert notebook.cli("export", "-o", str(script)).returncode == 0
    kept = {name: value for name, value in os.environ.items() if name != "TZ"}
    done = subprocess.run(
        [sys.executable, script], env={**kept, "BACKTRAIL": "off"}, check=True, capture_output=True, text=True
    )
    assert "loss: 54000.0" in done.stdout


def test_a_zone_that_only_the_system_has_is_had_again(
    record: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    notebook = record(CELLS)
    [environment] = notebook.events("environment")
    assert "TZ" not in environment["variables"]
    if environment["time_zone"] is None:
        pytest.skip("this system does not name its time zone")
    found = notebook.verify(TZ="Asia/Kathmandu")
    assert (found["verdict"], found["exit"]) == ("identical", 0), found["says"]
