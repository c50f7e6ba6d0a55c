"""Lists that grow: of which names they are found under, and which of their elements are new."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ..namespace import Snapshot, identity, kinds_of
from . import numbers, words

_MOST = 200_000
_MOST_AT_ONCE = 20_000
_PLAIN = kinds_of((str, int, float, bool, type(None), tuple, set))
"""Exactly of these is no list of numbers, and nothing that has one."""
_GENERIC = words.word_set(
    """
    history hist histories log logs metric metrics result results stat stats record records tracker
    curve curves track performance performances evaluation evaluations summary progress output report
    values scores_dict comparison
    """
)
"""Names that say nothing of the metrics they hold."""
_PER_SAMPLE = frozenset(("residual", "residuals", "error", "errors", "err", "errs", "entropy"))
"""What an array of these has is one number for each sample, mostly."""


_PROBABILITIES = re.compile(r"(?:^|_)log_?probs?(?![a-z])")
"""What lists of these have is one number for each class, word or step of an episode."""
_SEVERAL, _LOOKED = 3, 50
"""So many whole numbers are a list that may be one of names or places; so many are looked at."""


class Found(NamedTuple):
    """A list of metrics, or a number: the path of names to it, and the key it is recorded under."""

    path: tuple[str, ...]
    key: str
    value: Any


class _Seen(NamedTuple):
    identity: int
    length: int
    first: float
    last: float
    run: str | None
    rebound: bool


class Series:
    """What is known of the lists of one session."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], _Seen] = {}
        self._keys: dict[tuple[str, str], tuple[str, ...]] = {}
        self._samples: frozenset[str] = frozenset()
        """Names of lists with a number for each sample."""

    def rebound(self, names: Collection[str], differences: Collection[str] = ()) -> None:
        """A cell begins that binds these names anew: what they stand for afterwards may be another list.

        ``differences``: those of them that stand for the difference of each sample.
        """
        self._samples = self._samples.difference(names).union(differences)
        for path, seen in self._seen.items():
            if path[0] in names:
                self._seen[path] = seen._replace(rebound=True)

    def news(self, found: Found, run: str, ended: bool) -> tuple[str, int, list[float | int]] | None:
        """The key, the index of the first new element, and the new elements of a list; None without any.

        ``ended``: the cell has ended well, so that a name it binds is bound.
        """
        value, path = found.value, found.path
        if len(path) == 1 and path[0] in self._samples:
            return None
        if type(value) is not list and not ended:
            # An array has its length from the beginning, and is filled by and by.
            return None
        start = self._known(value, self._seen.get(path), run, ended)
        length = len(value)
        if length <= start or length > _MOST or length - start > _MOST_AT_ONCE:
            return None
        new = numbers.sequence(value, start)
        if not new:
            return None
        seen = self._seen.get(path)
        first = seen.first if seen is not None and start else float(new[0])
        self._seen[path] = _Seen(id(value), start + len(new), first, float(new[-1]), run, False)
        return self._key(found, run), start, new

    def passed_over(self, found: Found) -> None:
        """The list was there before anything was recorded."""
        value = numbers.sequence(found.value)
        if value:
            ends = float(value[0]), float(value[-1])
            self._seen[found.path] = _Seen(id(found.value), len(value), *ends, None, False)

    def _known(self, value: Any, seen: _Seen | None, run: str, ended: bool) -> int:
        """How many elements of a list were there already."""
        if seen is None or len(value) < seen.length:
            return 0
        if (
            seen.rebound
            and seen.run != run
            and (ended or len(value) != seen.length or id(value) != seen.identity)
        ):
            return 0
        part = numbers.sequence(value[: seen.length : max(seen.length - 1, 1)])
        ends = (float(part[0]), float(part[-1])) if part else None
        return seen.length if ends == (seen.first, seen.last) else 0

    def _key(self, found: Found, run: str) -> str:
        """A key that no other list has: the second history with a loss gets its own name too."""
        owner = self._keys.setdefault((run, found.key), found.path)
        if owner == found.path or len(found.path) < 2:
            return found.key
        return f"{found.key}/{words.normal(found.path[0])}"


def lists(namespace: Mapping[str, Any], names: Snapshot) -> Iterator[Found]:
    """The lists of numbers with names of metrics in a namespace, and in its dictionaries and objects."""
    array = getattr(sys.modules.get("numpy"), "ndarray", None)
    for name in names.of_kinds(_holding(array), with_own=True):
        value = namespace.get(name)
        kind = type(value)
        if _is_named(name) if kind is list or kind is array else not name.startswith("_"):
            yield from _lists((name,), value)


@lru_cache(maxsize=4)
def _holding(array: type | None) -> frozenset[int]:
    """The types that hold numbers; ``array`` is numpy's."""
    return kinds_of((list, array, *numbers.MAPPINGS))


@lru_cache(maxsize=4096)
def _is_named(name: str) -> bool:
    """Whether a list of that name may be one of metrics."""
    return not name.startswith("_") and key_of((name,)) is not None


def _lists(path: tuple[str, ...], value: Any) -> Iterator[Found]:
    kind = type(value)
    if kind is list:
        key = key_of(path) if value else None
        if key is not None and numbers.scalar(value[0]) is not None and _is_of_metric(key, value):
            yield Found(path, key, value)
    elif numbers.is_array(value):
        key = key_of(path)
        samples = key is not None and (words.quantity(key) & _PER_SAMPLE or _PROBABILITIES.search(key))
        if key is not None and value.size > 1 and not samples:
            yield Found(path, key, value)
    elif len(path) < 3:
        inner = numbers.items(value)
        if inner is None and len(path) == 1:
            inner = list(numbers.attributes(value)) or None
        if inner is not None and len(inner) <= 200:
            for name, item in inner:
                # Most hold plain values. By hand, for every cell waits for this.
                if identity(type(item)) not in _PLAIN and (type(name) is str or type(name) is int):
                    yield from _lists((*path, str(name)), item)


def _is_of_metric(key: str, value: list[Any]) -> bool:
    """Whether a list holds what its name says: ``result["tour"]`` is the order of its stops, no metric."""
    name = key.partition("/")[0]
    if words.is_metric(name) and name not in _GENERIC:
        return _PROBABILITIES.search(name) is None
    some = [numbers.scalar(one) for one in value[:_LOOKED]]
    return len(some) < _SEVERAL or not all(type(one) is int for one in some)


@lru_cache(maxsize=4096)
def key_of(path: tuple[str, ...]) -> str | None:
    """The key of what is found on a path of names, None when they are not those of a metric.

    ``history["val_loss"]`` is ``val_loss``, ``losses["train"]`` ``train_losses``, ``scores["forest"]``
    ``scores/forest``, and ``history["train"]["loss"]`` ``train_loss``.
    """
    names = [words.normal(name) for name in path]
    telling = [name for name in names if name and name not in _GENERIC]
    metric = next((name for name in reversed(names) if words.is_metric(name) and name not in _GENERIC), None)
    if metric is None:
        generic = any(name in _GENERIC for name in names[:-1])
        last = words.label(path[-1])
        told = generic and len(names) == 2 and names[0] in _RESULTS and not words.is_other(names[1])
        return f"{names[0]}/{last}" if told and last else None
    others = [name for name in telling if name != metric]
    if len(path) > 1 and names[0] in others and metric != names[0]:
        # The name of the container: it says more only where two hold the same.
        others.remove(names[0])
        if names[0] in _EXTREMES and names[0] not in metric.split("_"):
            # Of what was the best one.
            metric = f"{names[0]}_{metric}"
    part = next((name for name in others if name in words.SPLITS), None)
    if part is not None and words.split_of(metric) is None:
        others.remove(part)
        metric = f"{part}_{metric}"
    labels = [words.label(name) for name in path if words.normal(name) in others]
    return "/".join([metric, *labels])


_EXTREMES = frozenset(("best", "worst"))
"""What is one of several is no point of the series that it is chosen from."""

_RESULTS = frozenset(
    ("results", "result", "performance", "performances", "summary", "evaluation", "comparison")
)
