"""A recorder without a kernel, that writes into a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backtrail.tracker import current, notices
from backtrail.tracker.place import Place
from backtrail.tracker.recorder import Recorder
from backtrail.tracker.session import Session


class Recorded:
    """A recorder at work, and what it has written so far."""

    def __init__(self, folder: Path) -> None:
        self.runs = folder / "runs"
        self.recorder = Recorder(Session(Place(folder / "nb.ipynb", self.runs), threaded=False))

    def events(self, kind: str | None = None) -> list[dict[str, Any]]:
        (path,) = self.runs.glob("nb/sessions/*.jsonl")
        events = [json.loads(line) for line in path.read_text().splitlines()]
        return [event for event in events if kind in (None, event["event"])]

    def points(self) -> list[dict[str, Any]]:
        run = self.recorder.stack[-1]
        return [json.loads(line) for line in run.points.path.read_text().splitlines()]


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    """The recorder that the user's calls find."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    notices.forget()
    made = Recorded(tmp_path)
    current.use(made.recorder)
    yield made
    current.use(None)
    made.recorder.end("test")
