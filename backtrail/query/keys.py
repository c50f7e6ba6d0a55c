"""What a key of a filter is in a run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Callable

from backtrail.runlog.lines import number

Run = dict[str, Any]
Read = Callable[[Run], Any]

STATISTICS = ("last", "min", "max", "first", "count", "step")
TIMES = frozenset({"started", "ended"})
_PARTS = ("code", "environment", "kernel", "usage", "verified")
_SAME = (
    *("id", "name", "number", "experiment", "status", "opened", "started", "ended", "duration"),
    *("user", "host", "note", "session", "parent", "archived", "stage", "warnings"),
)


def _plain(field: str) -> Read:
    return lambda run: run.get(field)


def _of(part: str, field: str) -> Read:
    return lambda run: (run.get(part) or {}).get(field)


def _notebook(run: Run) -> Any:
    place = run.get("notebook") or {}
    path = place.get("path")
    return re.split(r"[\\/]", path)[-1] if isinstance(path, str) else place.get("name")


def _each(kind: str, *fields: str) -> Read:
    return lambda run: [entry.get(field) for entry in run.get(kind) or [] for field in fields]


_FIELDS: dict[str, Read] = {
    **{name: _plain(name) for name in _SAME},
    "notebook": _notebook,
    "path": _of("notebook", "path"),
    "language": _of("kernel", "language"),
    "verified": _of("verified", "verdict"),
    "commit": _of("code", "commit"),
    "branch": _of("code", "branch"),
    "dirty": _of("code", "dirty"),
    "stages": lambda run: [one["stage"] for one in run.get("stages") or [] if one["stage"] is not None],
    "seed": _each("seeds", "value"),
    "inputs": _each("inputs", "path", "sha256"),
    "outputs": _each("outputs", "path", "sha256"),
    "artifacts": _each("artifacts", "name", "sha256"),
    "datasets": _each("datasets", "name", "version", "sha256"),
}


def reader(path: Sequence[str]) -> Read:  # noqa: PLR0911
    """How a run in the form of ``run.json`` is asked for a key.

    It answers None where the run has none, and a list where it has several values.
    """
    first, rest = path[0], path[1:]
    name = ".".join(rest)
    if not rest and first in _FIELDS:
        return _FIELDS[first]
    if rest:
        if first == "metrics":
            return _metric(name)
        if first == "params":
            return lambda run: _inside(run.get("params"), rest)
        if first == "tags":
            return lambda run: _own(run.get("tags"), name)
        if first in ("seed", "seeds"):
            return lambda run: [one["value"] for one in run.get("seeds") or [] if one["library"] == name]
        if first in _PARTS:
            return lambda run: _inside(run.get(first), rest)
    whole, metric = ".".join(path), _metric(".".join(path))

    def anywhere(run: Run) -> Any:
        for value in (_inside(run.get("params"), path), metric(run), _own(run.get("tags"), whole)):
            if value is not None:
                return value
        return None

    return anywhere


def _metric(name: str) -> Read:
    stem, _, last = name.rpartition(".")

    def read(run: Run) -> float | None:
        whole = _own(run.get("metrics"), name)
        if whole is not None:
            return number(whole.get("last"))
        found = _own(run.get("metrics"), stem) if last in STATISTICS else None
        value = None if found is None else found.get(last)
        return None if value is None else number(value)

    return read


def _inside(value: Any, path: Sequence[str]) -> Any:
    """A value in an object by its whole name, or else step by step."""
    whole = _own(value, ".".join(path))
    if whole is not None or len(path) < 2:
        return whole
    for length in range(len(path) - 1, 0, -1):
        inner = _own(value, ".".join(path[:length]))
        found = None if inner is None else _inside(inner, path[length:])
        if found is not None:
            return found
    return None


def _own(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
