"""Which runs read and wrote which bytes, and what a run was made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

Run = dict[str, Any]
_LISTS = {"output": "outputs", "artifact": "artifacts", "input": "inputs", "dataset": "datasets"}
_WRITES = ("output", "artifact")
_MOST_GENERATIONS = 50
"""So many are told. A chain of checkpoints may be thousands of runs long, which nobody reads."""


class Use(NamedTuple):
    """That a run read or wrote some bytes; ``how`` is output, artifact, input or dataset."""

    run: Run
    how: str
    entry: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The use with the run's id, name and notebook."""
        return {
            "run": self.run["id"],
            "name": self.run["name"],
            "notebook": (self.run["notebook"] or {}).get("path"),
            "how": self.how,
            "path": self.entry.get("path") or self.entry.get("name"),
            "cell": self.entry.get("cell"),
        }


class FileIndex:
    """The files of some runs by their hashes: the same rules as ``src/runlog/lineage.ts``."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._uses: dict[str, list[Use]] = {}
        for run in runs:
            for how, name in _LISTS.items():
                for entry in run[name]:
                    if isinstance(entry.get("sha256"), str):
                        self._uses.setdefault(entry["sha256"], []).append(Use(run, how, entry))

    def sizes(self) -> set[int] | None:
        """The sizes in bytes of all that was read or written; None where one of them is not known."""
        sizes = {use.entry.get("size") for uses in self._uses.values() for use in uses}
        known = {size for size in sizes if isinstance(size, int)}
        return known if len(known) == len(sizes) else None

    def uses(self, sha256: str) -> list[Use]:
        """Who read or wrote these bytes, newest first."""
        return sorted(self._uses.get(sha256, ()), key=lambda use: str(use.run["id"]), reverse=True)

    def origins(self, run: Run, told: set[str] | None = None, depth: int = 0) -> list[dict[str, Any]]:
        """The files that a run read, each with ``made``: the run that wrote it last before.

        Its ``inputs`` are told in the same way; instead of them is ``told`` where they stand elsewhere in the
        same answer, and ``more`` where they are too far back.
        """
        told = {run["id"]} if told is None else told
        origins: dict[tuple[Any, Any], dict[str, Any]] = {}
        for entry in _reads(run):
            path, sha256 = entry.get("path") or entry.get("name"), entry.get("sha256")
            if (path, sha256) not in origins:
                origins[path, sha256] = {"path": path, "sha256": sha256, "cell": entry.get("cell")}
                origins[path, sha256]["made"] = self._maker(run, sha256, told, depth)
        return list(origins.values())

    def _maker(self, reader: Run, sha256: str | None, told: set[str], depth: int) -> dict[str, Any] | None:
        end = reader["ended"] or "\uffff"
        for use in self.uses(sha256) if sha256 else ():
            run = use.run
            if use.how in _WRITES and run["id"] < reader["id"] and (run["started"] or "") < end:
                if _reads(run):
                    if run["id"] in told:
                        return {**use.to_json(), "told": True}
                    if depth + 1 >= _MOST_GENERATIONS:
                        return {**use.to_json(), "more": True}
                told.add(run["id"])
                return {**use.to_json(), "inputs": self.origins(run, told, depth + 1)}
        return None


def _reads(run: Run) -> list[dict[str, Any]]:
    """What a run read, but for what an earlier cell of its own had written."""
    entries = run["inputs"]
    hashes = {entry.get("sha256") for entry in entries}
    data = [entry for entry in run["datasets"] if entry.get("sha256") and entry["sha256"] not in hashes]
    return [entry for entry in [*entries, *data] if not _is_own(run, entry)]


def _is_own(run: Run, read: dict[str, Any]) -> bool:
    """Whether an earlier cell of the run had written what it read: that is no source of it."""
    return any(
        entry.get("sha256") == read.get("sha256") is not None
        and isinstance(entry.get("cell"), int)
        and isinstance(read.get("cell"), int)
        and entry["cell"] < read["cell"]
        for entry in (*run["outputs"], *run["artifacts"])
    )
