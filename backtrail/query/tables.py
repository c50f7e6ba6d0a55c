"""Runs as tables: a row for each run, or for each point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from backtrail.runlog import layout
from backtrail.runlog.lines import decode, number
from backtrail.runlog.times import microseconds

_FIELDS = (
    "id",
    "number",
    "name",
    "experiment",
    "status",
    "started",
    "ended",
    "duration",
    "user",
    "stage",
    "note",
)


_TIMES = ("started", "ended")
_POINT = ("run", "step", "time", "cell")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Runs(list[dict[str, Any]]):
    """Summaries of runs, newest first, each in the form of ``run.json``."""

    def __init__(self, runs: Iterable[dict[str, Any]] = (), folders: dict[str, Path] | None = None) -> None:
        super().__init__(runs)
        self._folders = folders or {}
        self.undecided = 0
        """How many more runs there are of which git could not tell whether the filter lets them through."""

    def to_pandas(self, points: bool = False) -> Any:
        """A table with a row for each run; params, metrics (their last value) and tags have a column each.

        ``started`` and ``ended`` are times with a time zone, UTC. With ``points``, a row for each line of
        points: ``run``, ``step``, ``time`` (seconds since 1970), ``cell`` and a column for each metric.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

        rows = list(self._rows(points))
        table = pandas.DataFrame(rows, columns=None if rows else self._fields(points))
        for name in () if points else _TIMES:
            # Also where there is no time at all, or no run.
            table[name] = pandas.to_datetime(table[name], utc=True)
        return table

    def to_polars(self, points: bool = False) -> Any:
        """The table of ``to_pandas`` for polars; a column of mixed values is one of text.

        Raises:
            ImportError: polars is not installed.
        """
        import polars  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

        rows = list(self._rows(points))
        names = dict.fromkeys(key for row in rows for key in row) or self._fields(points)
        columns = {key: _alike([row.get(key) for row in rows]) for key in names}
        times = {} if points else dict.fromkeys(_TIMES, polars.Datetime("us", "UTC"))
        return polars.DataFrame(columns, schema_overrides=times)

    def _fields(self, points: bool) -> list[str]:
        """The columns that there are without any run."""
        return list(_POINT if points else (*_FIELDS, "notebook", "commit"))

    def _rows(self, points: bool) -> Iterator[dict[str, Any]]:
        for run in self:
            if points:
                yield from self._points(run["id"])
            else:
                yield _row(run)

    def _points(self, run: str) -> Iterator[dict[str, Any]]:
        folder = self._folders.get(run)
        try:
            data = b"" if folder is None else layout.metrics_path(folder, run).read_bytes()
        except OSError:
            return
        for line in decode(data).events:
            row: dict[str, Any] = {"run": run}
            row |= {field: line.get(field) for field in _POINT[1:]}
            for field, value in line.items():
                found = None if field in row else number(value)
                if found is not None:
                    row[field[1:] if field.startswith("/") else field] = found
            yield row


def _row(run: dict[str, Any]) -> dict[str, Any]:
    row = {name: _time(run[name]) if name in _TIMES else run[name] for name in _FIELDS}
    row["notebook"] = (run["notebook"] or {}).get("name")
    row["commit"] = (run["code"] or {}).get("commit")
    row |= {f"params.{key}": value for key, value in run["params"].items()}
    row |= {f"metrics.{key}": number(value["last"]) for key, value in run["metrics"].items()}
    row |= {f"tags.{key}": value for key, value in run["tags"].items()}
    return row


def _time(text: object) -> datetime | None:
    found = microseconds(text)
    return None if found is None else _EPOCH + timedelta(microseconds=found)


def _alike(values: list[Any]) -> list[Any]:
    """The values of a column as one type, as polars wants them."""
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) <= 1 and not kinds & {dict, list}:
        return values
    if kinds == {int, float}:
        return [None if value is None else float(value) for value in values]
    return [None if value is None else str(value) for value in values]
