"""Hears of calls of Python functions, without replacing them or leaving a trace in what they do."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import Any

from .points import Called, Listener, Point, Returned, forget_unfinished, point_of, present

__all__ = ["Called", "Returned", "Tap", "Untappable", "forget_unfinished", "present", "tap"]

_ASYNC_OR_GENERATOR = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class Untappable(Exception):
    """The calls of this function cannot be heard of without leaving a trace."""


class Tap:
    """One listener on one function, until `remove`."""

    def __init__(self, point: Point, listener: Listener) -> None:
        self._point = point
        self._listener = listener

    def remove(self) -> None:
        """Stops listening. May be called twice."""
        self._point.drop(self._listener)


def tap(
    function: Any,
    *,
    called: Called | None = None,
    returned: Returned | None = None,
    outermost: str | None = None,
) -> Tap:
    """Tells of each call of ``function``: a Python function, a method, or what a decorator made of one.

    ``called(arguments)`` is told when it begins, with the arguments by name. ``returned(arguments, value)``
    is told when it returns, not when it raises; what ``called`` gives back, if anything, comes in the place
    of the arguments, so that large ones need not be held. ``outermost`` names a group: calls inside another
    call of that group are not told. Whatever a listener raises is swallowed. A generator is told of when it
    is first advanced, and its end is not heard of.

    Raises:
        Untappable: it is no Python function, or ``returned`` is asked of a generator or coroutine.
    """
    inner = _innermost(function)
    if returned is not None and inner.__code__.co_flags & _ASYNC_OR_GENERATOR:
        raise Untappable(f"{inner.__qualname__} returns before it has done its work")
    try:
        point = point_of(inner)
    except Exception as error:
        raise Untappable(f"{inner.__qualname__}: {error}") from error
    listener = Listener(called, returned, outermost)
    point.add(listener)
    return Tap(point, listener)


def _innermost(function: Any) -> FunctionType:
    for _ in range(20):
        if isinstance(function, (staticmethod, classmethod)) or inspect.ismethod(function):
            function = function.__func__
        elif isinstance(getattr(function, "__wrapped__", None), FunctionType):
            function = function.__wrapped__
        else:
            break
    if type(function) is not FunctionType:
        raise Untappable(
            f"{getattr(function, '__qualname__', type(function).__name__)} is no Python function"
        )
    return function
