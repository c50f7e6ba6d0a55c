"""One notebook of the corpus, run and verified."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from . import notebooks, recording


class Case(NamedTuple):
    """A notebook, with its seeds or without."""

    path: Path
    seeded: bool = True

    @property
    def name(self) -> str:
        """As tests and tables call it."""
        return self.path.stem if self.seeded else f"{self.path.stem}, without its seeds"

    def cells(self) -> list[notebooks.Cell]:
        """Its executions, with cells between them that nothing depends on where it has its seeds."""
        text = self.path.read_text(encoding="utf-8")
        cells = notebooks.cells_of(text if self.seeded else notebooks.without_seeds(text))
        return notebooks.with_idle(cells) if self.seeded else cells


class Outcome(NamedTuple):
    """What came of it: ``found`` is the answer of the verify, and ``idle`` the idle executions."""

    case: Case
    recorded: recording.Recorded
    found: dict[str, Any]
    executed: int
    idle: frozenset[int]

    @property
    def kept(self) -> list[int]:
        """The executions that the export keeps."""
        return [one["n"] for one in self.found["slice"]["kept"]]


def cases(folder: Path) -> list[Case]:
    """Every notebook of a folder, and again without its seeds those that have any."""
    paths = sorted(folder.glob("*.py"))
    again = [Case(path, False) for path in paths if notebooks.has_seeds(path.read_text(encoding="utf-8"))]
    return [Case(path) for path in paths] + again


def verified(case: Case, folder: Path, program: Path) -> Outcome:
    """Runs a notebook in a new folder and verifies it."""
    cells = case.cells()
    recorded = recording.run(folder, program, cells)
    starts = [event["n"] for event in recorded.events("cell_start") if event["parent"] is None]
    idle = frozenset(n for n, cell in zip(starts, cells) if cell.idle)
    return Outcome(case, recorded, recorded.verify(), len(starts), idle)
