"""Hears what the kernel's ``sys.stdout`` and ``sys.stderr`` are given, and leaves them as they are."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, NamedTuple, Optional

from .. import current
from ..sightings import Moment
from ..taps.injected import Injected
from ..taps.monitored import Monitored, monitoring


class Fragment(NamedTuple):
    """What one call of ``write`` was given: the text, the name of the stream, and where in the code."""

    text: str
    stream: str
    code: Optional[CodeType]
    offset: int


_MODULES = frozenset({"ipykernel.iostream", "backtrail.replay.streams"})

_LARGEST = 32 << 20
"""Characters that wait to be read; what is printed beyond that is lost for metrics, and that is said."""


class Streams:
    """The texts of both streams in order, with the moments at which another execution or run begins between them.

    A print pays for one call and one entry; all else is done later.
    """

    def __init__(self, lost: Callable[[], None]) -> None:
        self.waiting: deque[Fragment | Moment | Callable[[], None]] = deque()
        self._size = 0
        self._lost = lost
        self._heard: list[Injected | Monitored] = []

    def start(self) -> None:
        """Begins to listen, where the streams are those of a kernel."""
        kind: Any = Injected if monitoring is None else Monitored
        known: dict[int, str] = {}
        classes: list[type] = []
        for name in ("stdout", "stderr"):
            stream = _of_kernel(getattr(sys, name, None))
            if stream is None:
                continue
            known[id(stream)] = name
            if type(stream) not in classes:
                classes.append(type(stream))
        for one in classes:
            write = getattr(one, "write", None)
            if type(write).__name__ == "function":
                self._heard.append(kind(write, self._listener(known), _nothing))

    def stop(self) -> None:
        """Stops listening."""
        for one in self._heard:
            one.remove()
        self._heard.clear()

    def mark(self, at: Moment) -> None:
        """What follows belongs to ``at``."""
        self.waiting.append(at)

    def taken(self, fragment: Fragment) -> None:
        """A text was read and needs no more room."""
        self._size -= len(fragment.text)

    def _listener(self, known: dict[int, str]) -> Callable[[FrameType], None]:
        add, in_fork = self.waiting.append, current.in_fork

        def heard(frame: FrameType) -> None:
            try:
                arguments = frame.f_locals
                stream = known.get(id(arguments["self"]))
                text = arguments["string"]
                if stream is None or type(text) is not str or in_fork():
                    return
                back = frame.f_back
                if back is not None and back.f_code.co_name == "write":
                    # IPython 9 takes a copy of what is printed, in a function of that name.
                    back = back.f_back
                self._size += len(text)
                if self._size > _LARGEST:
                    self._size -= len(text)
                    self._lost()
                elif back is None:
                    add(Fragment(text, stream, None, -1))
                else:
                    add(Fragment(text, stream, back.f_code, back.f_lasti))
            except Exception:
                pass

        return heard


def _of_kernel(stream: Any) -> Any:
    """The stream, if it is a kernel's or a replay's: of others, which are files, a copy is not ours to take."""
    kind = type(stream)
    return stream if kind.__module__ in _MODULES and kind.__name__ == "OutStream" else None


def _nothing(frame: FrameType, value: Any) -> None:
    """Nobody asks how a write ended."""
