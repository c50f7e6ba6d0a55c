"""What goes on after a cell has ended: threads and tasks of the notebook's own."""

from __future__ import annotations

import sys
import threading
import weakref
from types import FunctionType
from typing import Any

from ..callees import is_a
from .fingerprint.kinds import identity, module, mro, own_attributes

_others: dict[int, weakref.ref[threading.Thread]] = {}
"""Threads that never execute code of the notebook, by identity. Threads are told what to do when made."""


def threads(namespace: dict[str, Any]) -> bool:
    """Whether a thread runs that executes code of the notebook."""
    alive = threading.enumerate()
    if len(_others) > len(alive) + 100:
        _others.clear()
    return len(alive) > 1 and any(_of_notebook(one, namespace) for one in alive)


def _of_notebook(thread: threading.Thread, namespace: dict[str, Any]) -> bool:
    known = _others.get(identity(thread))
    if known is not None and known() is thread:
        return False
    if any(module(kind) == "__main__" for kind in mro(type(thread))):
        return True
    own = own_attributes(thread) or {}
    target = own.get("_target")
    function = getattr(target, "__func__", target) if not is_a(target, type) else None
    if type(function) is not FunctionType:
        return _never(thread)
    if function.__module__ == "concurrent.futures.thread":
        return _busy(own.get("_args"))
    if function.__globals__ is namespace or function.__globals__.get("__name__") == "__main__":
        return True
    return _never(thread)


def _never(thread: threading.Thread) -> bool:
    """Remembers a thread that has begun: only before that may its function be another one's."""
    if thread.ident is not None:
        _others[identity(thread)] = weakref.ref(thread)
    return False


def _busy(arguments: Any) -> bool:
    """Whether a pool of threads has work, told by its own count of idle ones."""
    executor = arguments[0]() if type(arguments) is tuple and arguments and callable(arguments[0]) else None
    own = own_attributes(executor) or {}
    idle = own_attributes(own.get("_idle_semaphore")) or {}
    pool = own.get("_threads")
    return type(pool) is set and idle.get("_value", 0) < len(pool)


def tasks(namespace: dict[str, Any]) -> bool:
    """Whether a task of asyncio is pending that executes code of the notebook."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return False
    try:
        pending = asyncio.all_tasks()
    except RuntimeError:
        return False
    return any(_awaits_notebook(one, namespace) for one in pending)


def _awaits_notebook(task: Any, namespace: dict[str, Any]) -> bool:
    coroutine = task.get_coro()
    frame = getattr(coroutine, "cr_frame", None)
    return frame is not None and frame.f_globals is namespace and frame.f_code.co_name != "<module>"
