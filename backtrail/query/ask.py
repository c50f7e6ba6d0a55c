"""The two questions: which runs are there, and which of them made a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backtrail.runlog import layout

from .decide import create_decision
from .filter import create_filter
from .lineage import FileIndex
from .reading import read_runs
from .tables import Runs


def find_runs(places: Iterable[Path], where: str | None = None) -> Runs:
    """The runs in some ``runs`` folders that a filter lets through, newest first, without the empty ones.

    How many are left out because git cannot tell is in ``undecided``.

    Raises:
        FilterError: the filter cannot be understood.
    """
    # A wrong filter is said before anything is read.
    create_filter(where or "")
    found: list[dict[str, Any]] = []
    folders: dict[str, Path] = {}
    for folder in _notebooks(places):
        for run in read_runs(folder):
            found.append(run)
            folders[run["id"]] = folder
    found.sort(key=lambda run: str(run["id"]), reverse=True)
    decide = create_decision(where or "", found)
    decided = [(run, decide(run)) for run in found]
    runs = Runs((run for run, let_through in decided if let_through), folders)
    runs.undecided = sum(let_through is None for _, let_through in decided)
    return runs


def file_index(places: Iterable[Path]) -> FileIndex:
    """What the runs in some ``runs`` folders did with files."""
    return FileIndex(run for folder in _notebooks(places) for run in read_runs(folder, empty=True))


def find_uses(files: FileIndex, sha256: str) -> list[dict[str, Any]]:
    """The runs that wrote, kept or read these bytes, newest first: docs/python.md has the fields."""
    answers = []
    for use in files.uses(sha256):
        answer = use.to_json()
        if use.how in ("output", "artifact"):
            answer |= {field: use.run[field] for field in ("params", "seeds", "code", "stage")}
            answer["inputs"] = files.origins(use.run)
        answers.append(answer)
    return answers


def _notebooks(places: Iterable[Path]) -> list[Path]:
    return list(
        dict.fromkeys(folder for place in places for folder in layout.notebook_folders(place.resolve()))
    )
