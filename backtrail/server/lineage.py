"""What a run was made of, and what was made of it: the runs that a page needs to draw the lineage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .folder import Entry

MOST = 1000
"""More runs than a tree on a screen can show."""

_WRITES = ("outputs", "artifacts")
_READS = ("inputs", "datasets")


class Relatives(NamedTuple):
    """The runs on the way back and forth from one, itself among them, newest first."""

    runs: list[Entry]
    more: bool
    """Whether there are more than these."""


def relatives(entries: Iterable[Entry], run_id: str) -> Relatives:
    """The run, those that wrote what it read and so on back, those that read what it wrote and so on.

    Raises:
        KeyError: there is no such run.
    """
    runs = {str(entry["id"]): entry for entry in entries}
    start = runs[run_id]
    writers, readers = _index(runs.values(), _WRITES), _index(runs.values(), _READS)
    found = {run_id: start}
    whole = _walk(start, lambda run: _of(run, _READS, writers, older=True), found)
    whole = _walk(start, lambda run: _of(run, _WRITES, readers, older=False), found) and whole
    return Relatives(sorted(found.values(), key=lambda run: str(run["id"]), reverse=True), not whole)


def _index(runs: Iterable[Entry], lists: tuple[str, ...]) -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = {}
    for run in runs:
        for sha256 in _hashes(run, lists):
            index.setdefault(sha256, []).append(run)
    return index


def _hashes(run: Entry, lists: tuple[str, ...]) -> set[str]:
    return {file["sha256"] for name in lists for file in run[name] if isinstance(file.get("sha256"), str)}


def _of(run: Entry, lists: tuple[str, ...], index: dict[str, list[Entry]], older: bool) -> list[Entry]:
    # A later run cannot have been a source, nor an earlier one a reader: ids sort by time.
    return [
        other
        for sha256 in _hashes(run, lists)
        for other in index.get(sha256, ())
        if (str(other["id"]) < str(run["id"])) == older and other is not run
    ]


def _walk(start: Entry, step: Callable[[Entry], list[Entry]], found: dict[str, Entry]) -> bool:
    """Takes up all that can be reached; whether that were all."""
    seen = {str(start["id"])}
    pending = [start]
    while pending:
        for run in step(pending.pop()):
            run_id = str(run["id"])
            if run_id not in seen:
                if len(found) >= MOST:
                    return False
                seen.add(run_id)
                found[run_id] = run
                pending.append(run)
    return True
