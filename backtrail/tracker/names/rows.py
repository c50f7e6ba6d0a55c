"""Lists of dictionaries, one for each epoch or trial: ``log.append({"epoch": 3, "val_loss": 0.2})``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, Optional

from ..namespace import Snapshot, kinds_of
from . import numbers, words

_MOST = 20_000
_NAMES = frozenset(
    ("model", "name", "classifier", "regressor", "method", "algorithm", "estimator", "variant")
)
"""Keys whose texts tell of what a row is."""


_MOST_NAMED = 30
"""So many rows at most are each a model, a class or the like that has a name."""
_LIST = kinds_of((list,))


class Row(NamedTuple):
    """The metrics of one dictionary, and its step, None when it has none."""

    step: Optional[float]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    values: dict[str, float | int]


class Rows:
    """What is known of such lists."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int, str | None]] = {}
        """How far each list was taken, and the key by whose texts its rows are told apart."""

    def rebound(self, names: Collection[str]) -> None:
        """A cell begins that binds these names anew."""
        for name in names:
            self._seen.pop(name, None)

    def passed_over(self, namespace: Mapping[str, Any], names: Snapshot) -> None:
        """What is there already is none of this session's."""
        for name, value in _lists(namespace, names):
            self._seen[name] = id(value), len(value), None

    def news(self, namespace: Mapping[str, Any], names: Snapshot, ended: bool = True) -> Iterator[Row]:
        """The rows that were added since.

        ``ended``: the cell has ended. What tells rows apart is known when all of them are there.
        """
        for name, value in _lists(namespace, names):
            identity, length, naming = self._seen.get(name, (0, 0, None))
            start = length if identity == id(value) and len(value) >= length else 0
            if len(value) - start > _MOST or (not start and not ended and _may_be_named(value)):
                continue
            naming = naming if start else _naming_key(value)
            self._seen[name] = id(value), len(value), naming
            for index in range(start, self._seen[name][1]):
                row = _row(value[index], index, naming)
                if row is not None:
                    yield row


def _lists(namespace: Mapping[str, Any], names: Snapshot) -> list[tuple[str, list[Any]]]:
    found = []
    # By hand, for every cell waits for this.
    for name in names.of_kinds(_LIST):
        value = namespace.get(name)
        if type(value) is list and value and type(value[0]) is dict and not name.startswith("_"):
            found.append((name, value))
    return found


def _may_be_named(rows: list[Any]) -> bool:
    """Whether rows have texts that may tell them apart, and nothing else that does."""
    row = _items(rows[0])
    told = any(_is_step(words.normal(name)) or _is_name(name, item) for name, item in row)
    return not told and len(rows) <= _MOST_NAMED and any(type(item) is str for _, item in row)


def _naming_key(rows: list[Any]) -> str | None:
    """The key with another text in each row, as ``label`` of the rows of a report.

    Of rows that are mostly no metrics, as samples with what was predicted for them, there is none.
    """
    if len(rows) < 2 or not _may_be_named(rows):
        return None
    row = _items(rows[0])
    numeric = [name for name, item in row if numbers.scalar(item) is not None]
    metrics = [name for name in numeric if words.is_metric(words.normal(name))]
    naming = next((name for name, item in row if type(item) is str), None)
    given = [next((item for name, item in _items(one) if name == naming), None) for one in rows]
    labels = {words.label(text) if type(text) is str else "" for text in given}
    names = "" not in labels and len(labels) == len(rows)
    return naming if names and len(metrics) * 2 >= len(numeric) else None


def _items(row: Any) -> list[tuple[str, Any]]:
    return [(name, item) for name, item in (numbers.items(row) or [])[:100] if type(name) is str]


def _is_step(key: str) -> bool:
    return key in words.STEPS or key in ("epochs", "iterations")


def _is_name(name: str, item: Any) -> bool:
    return type(item) is str and words.normal(name) in _NAMES


def _row(value: Any, index: int, naming: str | None) -> Row | None:
    found: dict[str, float | int] = {}
    step: float | None = None
    label = ""
    for name, item in _items(value):
        key = words.normal(name)
        if type(item) is str:
            label = words.label(item) if key in _NAMES or name == naming else label
            continue
        number = numbers.scalar(item)
        if number is None:
            continue
        if _is_step(key):
            step = number
        elif words.is_metric(key):
            found[key] = number
    if not found:
        return None
    if label:
        return Row(step, {f"{key}/{label}": number for key, number in found.items()})
    return Row(index if step is None else step, found)
