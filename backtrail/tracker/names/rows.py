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


_LIST = kinds_of((list,))


class Row(NamedTuple):
    """The metrics of one dictionary, and its step, None when it has none."""

    step: Optional[float]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    values: dict[str, float | int]


class Rows:
    """What is known of such lists."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int]] = {}

    def rebound(self, names: Collection[str]) -> None:
        """A cell begins that binds these names anew."""
        for name in names:
            self._seen.pop(name, None)

    def passed_over(self, namespace: Mapping[str, Any], names: Snapshot) -> None:
        """What is there already is none of this session's."""
        for name, value in _lists(namespace, names):
            self._seen[name] = id(value), len(value)

    def news(self, namespace: Mapping[str, Any], names: Snapshot) -> Iterator[Row]:
        """The rows that were added since."""
        for name, value in _lists(namespace, names):
            identity, length = self._seen.get(name, (0, 0))
            start = length if identity == id(value) and len(value) >= length else 0
            if len(value) - start > _MOST:
                continue
            self._seen[name] = id(value), len(value)
            for index in range(start, self._seen[name][1]):
                row = _row(value[index], index)
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


def _row(value: Any, index: int) -> Row | None:
    found: dict[str, float | int] = {}
    step: float | None = None
    label = ""
    for name, item in (numbers.items(value) or [])[:100]:
        if type(name) is not str:
            continue
        key = words.normal(name)
        if type(item) is str:
            label = words.label(item) if key in _NAMES else label
            continue
        number = numbers.scalar(item)
        if number is None:
            continue
        if key in words.STEPS or key in ("epochs", "iterations"):
            step = number
        elif words.is_metric(key):
            found[key] = number
    if not found:
        return None
    if label:
        return Row(step, {f"{key}/{label}": number for key, number in found.items()})
    return Row(index if step is None else step, found)
