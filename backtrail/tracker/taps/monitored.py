"""Hears of a function's calls on Python 3.12 and later, through ``sys.monitoring``.

The function stays as it is, and only the code that is listened to pays for it. Functions that share their
code, as the ones that a decorator makes, are heard together.
"""

from __future__ import annotations

import sys
from types import CodeType, FrameType, FunctionType
from typing import Any, Callable

monitoring: Any = getattr(sys, "monitoring", None)

Started = Callable[[FrameType], None]
Ended = Callable[[FrameType, Any], None]

# The ids that Python names for debuggers, coverage, profilers and optimizers are theirs.
_IDS = (4, 3)
_NAME = "backtrail"

_heard: dict[int, Monitored] = {}
"""By the identity of the code: equal codes of different files are two."""


class Monitored:
    """A function whose code tells ``started`` when it begins and ``ended`` when it returns.

    Raises:
        LookupError: other tools have taken the ids for monitoring.
    """

    def __init__(self, function: FunctionType, started: Started, ended: Ended) -> None:
        self.code = function.__code__
        self.started = started
        self.ended = ended
        tool = _tool()
        if tool is None:
            raise LookupError("other tools monitor this process already")
        _heard[id(self.code)] = self
        events = monitoring.events
        monitoring.set_local_events(tool, self.code, events.PY_START | events.PY_RETURN)

    def remove(self) -> None:
        """Stops listening; with the last one, the id is free again."""
        if _heard.pop(id(self.code), None) is None:
            return
        tool = next((one for one in _IDS if monitoring.get_tool(one) == _NAME), None)
        if tool is not None:
            monitoring.set_local_events(tool, self.code, monitoring.events.NO_EVENTS)
            if not _heard:
                monitoring.free_tool_id(tool)


def _tool() -> int | None:
    free = None
    for one in _IDS:
        name = monitoring.get_tool(one)
        if name == _NAME:
            return one
        if name is None and free is None:
            free = one
    if free is not None:
        monitoring.use_tool_id(free, _NAME)
        monitoring.register_callback(free, monitoring.events.PY_START, _on_start)
        monitoring.register_callback(free, monitoring.events.PY_RETURN, _on_return)
    return free


def _on_start(code: CodeType, offset: int) -> None:
    heard = _heard.get(id(code))
    if heard is not None:
        heard.started(sys._getframe(1))


def _on_return(code: CodeType, offset: int, value: Any) -> None:
    heard = _heard.get(id(code))
    if heard is not None:
        heard.ended(sys._getframe(1), value)
