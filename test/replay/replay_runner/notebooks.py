"""The notebooks of the corpus: Python files whose cells begin with ``# %%``, in the order of execution.

``# %% NAME`` names a cell of the notebook, so that the same cell can be executed again, or edited and
then executed; ``deleted`` after the name says that it is no longer in the notebook when that is saved,
and ``above NAME`` that it stands above another one there. Without a name a cell is one of its own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parents[1] / "corpus"
HEAVY = Path(__file__).parents[1] / "heavy" / "corpus"
"""Notebooks of libraries that only the environment of the adapters has."""

_IDLE = (
    "idle_{n} = [k * 2 for k in range(9)]",
    "import random as idle_random\nidle_{n} = idle_random.random()",
    "sorted([{n}, 1])",
    "idle_text = 'a' * {n}\nidle_text.upper()",
)
"""Cells that no result depends on; one of them moves a stream of random numbers on."""

_SEED = re.compile(r"^[ \t]*[\w.]*seed\(\d+\)\n", re.MULTILINE)
_GIVEN = re.compile(r"\b(default_rng|RandomState)\(\d+\)")
_STATE = re.compile(r"\brandom_state=\d+")
_TITLE = re.compile(r"^# %%[ \t]*(.*)\n", re.MULTILINE)


class Cell(NamedTuple):
    """One execution: ``name`` is that of the cell, and ``idle`` whether no result depends on it."""

    name: str
    source: str
    deleted: bool = False
    above: str = ""
    idle: bool = False


def cells_of(text: str) -> list[Cell]:
    """The executions of a notebook in percent format."""
    _, *parts = _TITLE.split(text)
    found = []
    for number, (title, source) in enumerate(zip(parts[::2], parts[1::2])):
        name, _, above = title.partition(" above ")
        name, deleted, _ = name.partition(" deleted")
        found.append(Cell(name or f"cell-{number}", source.rstrip("\n"), bool(deleted), above))
    return found


def with_idle(cells: list[Cell]) -> list[Cell]:
    """The cells with one behind each that nothing depends on; as they are where they number their results."""
    if any(re.search(r"\b_\d", cell.source) for cell in cells):
        return cells
    return [
        one
        for n, cell in enumerate(cells)
        for one in (cell, Cell(f"idle-{n}", _IDLE[n % len(_IDLE)].format(n=n), idle=True))
    ]


def has_seeds(text: str) -> bool:
    """Whether there are seeds that could be taken away."""
    return text != without_seeds(text)


def without_seeds(text: str) -> str:
    """The notebook without its seeds."""
    return _STATE.sub("random_state=None", _GIVEN.sub(r"\1()", _SEED.sub("", text)))


def document(cells: list[Cell]) -> list[Cell]:
    """The notebook as it is saved in the end: each cell once, with its last source, as on the page."""
    page: dict[str, Cell] = {}
    for cell in cells:
        page[cell.name] = cell
    order = [cell for cell in page.values() if not cell.above]
    for cell in page.values():
        if cell.above:
            order.insert([other.name for other in order].index(cell.above), cell)
    return [cell for cell in order if not cell.deleted]
