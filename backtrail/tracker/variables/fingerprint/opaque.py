"""What objects that cannot be told share with others, and the code that goes on when they are used."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from .kinds import from_library, library, module, mro, own_attributes, qualname

_ITERATORS = frozenset({"builtins", "itertools", "collections", "functools"})


def parts(value: Any, namespace: dict[str, Any] | None) -> Iterable[Any]:
    """The parts of an object of a kind that is known here; no code of the user's is run."""
    kind = type(value)
    if module(kind) in _ITERATORS:
        # What an iterator goes through is shared with it, and what it calls is used by it.
        return [part for part in gc.get_referents(value) if part is not namespace and not _is_frame(part)]
    for base in mro(kind):
        find = _PARTS.get((library(base), qualname(base)))
        if find is not None and from_library(base):
            return find(value)
    return ()


def _is_frame(value: Any) -> bool:
    return type(value) is FrameType


def _attributes(*names: str) -> Callable[[Any], list[Any]]:
    def found(value: Any) -> list[Any]:
        own = own_attributes(value) or {}
        return [own[name] for name in names if own.get(name) is not None]

    return found


def _task(value: Any) -> list[Any]:
    kinds = [getattr(sys.modules.get(name), "Task", None) for name in ("_asyncio", "asyncio.tasks")]
    return [value.get_coro()] if any(type(value) is kind for kind in kinds) else []


_PARTS: dict[tuple[str, str], Callable[[Any], list[Any]]] = {
    ("contextlib", "_GeneratorContextManager"): _attributes("gen", "func", "args", "kwds"),
    ("contextlib", "_AsyncGeneratorContextManager"): _attributes("gen", "func", "args", "kwds"),
    ("contextlib", "_BaseExitStack"): _attributes("_exit_callbacks"),
    ("contextlib", "closing"): _attributes("thing"),
    ("contextlib", "nullcontext"): _attributes("enter_result"),
    ("contextlib", "_RedirectStream"): _attributes("_new_target"),
    ("threading", "Thread"): _attributes("_target", "_args", "_kwargs"),
    ("_asyncio", "Task"): _task,
    ("asyncio", "Task"): _task,
}
"""By library and name of a class."""
