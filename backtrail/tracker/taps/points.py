"""The functions that are listened to, and who is told of their calls."""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Mapping
from types import CodeType, FrameType, FunctionType
from typing import Any, Callable

from .. import current
from .injected import Injected
from .monitored import Monitored, monitoring

Called = Callable[[Mapping[str, Any]], Any]
Returned = Callable[[Any, Any], None]

_points: dict[int, Point] = {}
"""By the identity of the code that is executed."""

_groups: dict[str, dict[int, int]] = {}
"""By the names of groups: the identities of their codes, and how many taps there are on each."""

_unfinished: set[int] = set()
"""The identities of the codes of calls that something was kept for."""

_telling = threading.local()

_Kept = dict[int, list[tuple["Listener", Any]]]


class Listener:
    """Whom to tell of calls of one function. ``group``: only of calls outside others of that group."""

    __slots__ = ("called", "group", "returned")

    def __init__(self, called: Called | None, returned: Returned | None, group: str | None) -> None:
        self.called = called
        self.returned = returned
        self.group = group


class Point:
    """One function that is listened to, by one or more."""

    def __init__(self, function: FunctionType) -> None:
        self.listeners: tuple[Listener, ...] = ()
        self._kept: _Kept = {}
        kind: Any = Injected if monitoring is None else Monitored
        self._heard: Injected | Monitored = kind(function, self._started, self._ended)
        self.code = self._heard.code
        _points[id(self.code)] = self

    def add(self, listener: Listener) -> None:
        """Tells ``listener`` too from now on."""
        self.listeners = (*self.listeners, listener)
        if listener.group is not None:
            codes = _groups.setdefault(listener.group, {})
            codes[id(self.code)] = codes.get(id(self.code), 0) + 1

    def drop(self, listener: Listener) -> None:
        """Tells ``listener`` no more; with the last one the function is as it was."""
        if listener not in self.listeners:
            return
        self.listeners = tuple(one for one in self.listeners if one is not listener)
        if listener.group is not None:
            codes = _groups[listener.group]
            codes[id(self.code)] -= 1
            if not codes[id(self.code)]:
                del codes[id(self.code)]
        if not self.listeners:
            self._heard.remove()
            _points.pop(id(self.code), None)

    def forget(self) -> None:
        """Lets go of what was kept for calls that ended with an exception."""
        self._kept.clear()

    def _started(self, frame: FrameType) -> None:
        if self._kept:
            # Of a call that raised, whose frame was where this one is.
            self._kept.pop(id(frame), None)
        if current.in_fork() or getattr(_telling, "now", False):
            return
        _telling.now, _telling.frame = True, frame
        interrupted = False
        try:
            arguments, kept = arguments_of(frame), []
            for listener in self.listeners:
                try:
                    if listener.group is None or not _inside(frame, listener.group):
                        found = listener.called(arguments) if listener.called is not None else None
                        if listener.returned is not None:
                            kept.append((listener, arguments if found is None else found))
                except KeyboardInterrupt:
                    interrupted = True
                except BaseException:
                    pass
            if kept:
                self._kept[id(frame)] = kept
                _unfinished.add(id(self.code))
        except KeyboardInterrupt:
            interrupted = True
        except BaseException:
            pass
        finally:
            _telling.now = _telling.frame = None
        if interrupted:
            _interrupt_again()

    def _ended(self, frame: FrameType, value: Any) -> None:
        kept = self._kept.pop(id(frame), None)
        if kept is None or current.in_fork() or getattr(_telling, "now", False):
            return
        _telling.now, _telling.frame = True, frame
        interrupted = False
        try:
            for listener, what in kept:
                try:
                    if listener.returned is not None:
                        listener.returned(what, value)
                except KeyboardInterrupt:
                    interrupted = True
                except BaseException:
                    pass
        finally:
            _telling.now = _telling.frame = None
        if interrupted:
            _interrupt_again()


def present() -> FrameType | None:
    """The frame of the call that a listener on this thread is being told of."""
    frame: FrameType | None = getattr(_telling, "frame", None)
    return frame


def point_of(function: FunctionType) -> Point:
    """The point of ``function``, made when there is none."""
    return _points.get(id(function.__code__)) or Point(function)


def forget_unfinished() -> None:
    """Lets go of what is held for calls that never returned. To be called when no cell runs."""
    for code in tuple(_unfinished):
        _unfinished.discard(code)
        point = _points.get(code)
        if point is not None:
            point.forget()


def arguments_of(frame: FrameType) -> dict[str, Any]:
    """The arguments of a call that has just begun, by name, with defaults, ``*args`` and ``**kwargs``."""
    code, values = frame.f_code, frame.f_locals
    found = {name: values[name] for name in _parameters(code) if name in values}
    if type(values) is dict:
        # Up to Python 3.12 the frame keeps this dict, and all that is in it, until the function returns.
        values.clear()
    return found


def _parameters(code: CodeType) -> tuple[str, ...]:
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & 0x04) + bool(code.co_flags & 0x08)
    return code.co_varnames[:count]


def _inside(frame: FrameType, group: str) -> bool:
    """Whether the call is part of another one of the group, on this thread or on one that waits for it."""
    codes = _groups[group]
    if _in_stack(frame.f_back, codes):
        return True
    recorder = current.recorder()
    cells = {one.thread for one in recorder.executions.going_on} if recorder is not None else set()
    if threading.get_ident() in cells or not cells:
        return False
    stacks = sys._current_frames()
    return any(_in_stack(stacks.get(thread), codes) for thread in cells)


def _in_stack(frame: FrameType | None, codes: Mapping[int, int]) -> bool:
    while frame is not None:
        if id(frame.f_code) in codes:
            return True
        frame = frame.f_back
    return False


def _interrupt_again() -> None:
    """The interruption was meant for the code of the user, which meets it now."""
    _thread.interrupt_main()
