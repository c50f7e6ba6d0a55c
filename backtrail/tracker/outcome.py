"""How an execution ended, read from IPython's result without running the user's code."""

from __future__ import annotations

import asyncio
import inspect
from types import FunctionType, TracebackType
from typing import Any, NamedTuple, Optional

_LONGEST_MESSAGE = 2000


class Outcome(NamedTuple):
    """``status`` is finished, failed or interrupted; ``error`` as ``cell_end`` has it, or None.

    ``value`` is what the cell's last expression gave and IPython showed, None where there is none.
    """

    status: str
    error: Optional[dict[str, Any]]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    value: Any = None


FINISHED = Outcome("finished", None)
INTERRUPTED = Outcome("interrupted", None)


def of(result: Any, namespace: dict[str, Any]) -> Outcome:
    """The outcome of an ``ExecutionResult``; None stands for one that IPython could not make."""
    if result is None:
        return INTERRUPTED
    before = getattr(result, "error_before_exec", None)
    error = before if before is not None else getattr(result, "error_in_exec", None)
    if error is None:
        value = getattr(result, "result", None)
        return FINISHED if value is None else Outcome("finished", None, value)
    first = _first_frame(error.__traceback__, namespace)
    return Outcome(
        "interrupted" if _interrupted(error, first) else "failed",
        {
            "type": type(error).__name__,
            "message": message(error),
            "line": _line(error, first),
            "unparsable": before is not None,
        },
    )


def message(error: BaseException) -> str:
    """The message of an error. A ``__str__`` of the notebook's own is not called: it could do anything."""
    try:
        own = getattr(type(error), "__str__", None)
        if isinstance(own, FunctionType) and own.__module__ == "__main__":
            words = ", ".join(str(part) for part in error.args if type(part) in (str, int, float))
        else:
            words = str(error)
    except Exception:
        words = ""
    return words if len(words) <= _LONGEST_MESSAGE else words[: _LONGEST_MESSAGE - 1] + "…"


def _interrupted(error: BaseException, first: TracebackType | None) -> bool:
    """An interrupt arrives as KeyboardInterrupt, and in a cell with top-level await as CancelledError."""
    if isinstance(error, KeyboardInterrupt):
        return True
    if not isinstance(error, asyncio.CancelledError) or first is None:
        return False
    return bool(first.tb_frame.f_code.co_flags & inspect.CO_COROUTINE)


def _line(error: BaseException, first: TracebackType | None) -> int | None:
    if isinstance(error, SyntaxError) and first is None:
        return error.lineno
    return None if first is None else first.tb_lineno


def _first_frame(traceback: TracebackType | None, namespace: dict[str, Any]) -> TracebackType | None:
    """The first step of a traceback that is in the cell itself: IPython's own frames stand before it."""
    while traceback is not None and traceback.tb_frame.f_globals is not namespace:
        traceback = traceback.tb_next
    return traceback
