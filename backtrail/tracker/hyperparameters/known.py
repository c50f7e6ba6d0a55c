"""Which arguments of calls are recorded already, under the name that they were given as.

``lr = 0.01; Adam(lr=lr)`` is one quantity, ``lr``: what an adapter hears of the call adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .found import Found, Param

BY_NAME = frozenset({"name", "config", "argparse", "dataclass", "papermill"})
"""The origins of params that stand for a name, or a key of a configuration."""
_NAMED = BY_NAME | {"logged"}
READ = BY_NAME | {"call"}
"""The origins of params that are read from the code of the notebook."""

_SAME = (
    frozenset({"lr", "learning_rate", "learningrate", "eta", "base_lr", "lr_max", "initial_learning_rate"}),
    frozenset({"epochs", "num_epochs", "n_epochs", "nb_epoch", "max_epochs", "num_train_epochs", "n_epoch"}),
    frozenset({"batch_size", "batch", "bs", "train_batch_size", "per_device_train_batch_size"}),
    frozenset({"n_estimators", "num_trees", "n_trees", "num_boost_round", "iterations", "n_rounds"}),
)
_DEEPEST = 6


class Known:
    """What the cells that run now give to which calls."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, str], set[str]] = {}
        self._offered: Mapping[str, Param] = {}

    def offer(self, found: Found | None) -> None:
        """What the cell that begins now gives to the calls in it, though it does not train: it has names."""
        self._offered = {} if found is None else found.params
        if found is not None:
            self.use(found.sources)

    def named(self, key: str, value: Any) -> tuple[str, str] | None:
        """The name that ``key``, as ``Adam.lr``, with ``value`` has in the cell, and its origin, or None."""
        callee, _, argument = key.rpartition(".")
        if not callee or not self._offered:
            return None
        for one in (*self._given(callee, argument, 0), *self._given(callee, "", 0)):
            param = self._offered.get(one)
            if param is not None and param.origin in BY_NAME and _equal(param.value, value):
                return one, param.origin
        return None

    def use(self, sources: Mapping[tuple[str, str], set[str]]) -> None:
        """For a callee and an argument ("" for any by place), the names it is given."""
        self._sources.update(sources)

    def carries(self, key: str, value: Any, params: Mapping[str, Any], origins: Mapping[str, str]) -> bool:
        """Whether ``key``, as ``Adam.lr``, with ``value`` is among the ``params`` under a name of its own."""
        callee, _, argument = key.rpartition(".")
        callee = callee.rpartition(".")[2]
        if not callee or key in params:
            return False
        named = {one for one, origin in origins.items() if origin in _NAMED or _is_inner(one, origin)}
        given = self._given(callee, argument, 0) | self._given(callee, "", 0)
        for one in named:
            if not _equal(params.get(one), value) and not _equal([params.get(one)], value):
                continue
            if one in given or (origins[one] in _NAMED and _alike(one.rpartition(".")[2], argument)):
                return True
        return False

    def _given(self, callee: str, argument: str, depth: int) -> set[str]:
        """The names that an argument is given, through the functions of the notebook."""
        found = set(self._sources.get((callee, argument), ()))
        if depth < _DEEPEST:
            for name in list(found):
                function, _, parameter = name.rpartition(".")
                if function:
                    found |= self._given(function, parameter, depth + 1)
        return found


def _is_inner(key: str, origin: str) -> bool:
    """A parameter or a local name of a function of the notebook, as ``train.lr``."""
    return origin == "call" and "." in key and key.partition(".")[0].islower()


def _alike(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    return one == other or any(one in words and other in words for words in _SAME)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_equal, one, other))
    return type(one) in (int, float, str) and type(other) in (int, float, str) and bool(one == other)
