"""Hears what the kernel's ``sys.stdout`` and ``sys.stderr`` hold when they send it, some times a second.

A print costs what it ever did: what is listened to is how ipykernel's streams empty their buffers. The texts
are those that the user sees; with each comes the request that printed it.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NamedTuple

from .. import current
from ..sightings import Moment
from ..taps.injected import Injected
from ..taps.monitored import Monitored, monitoring

_MODULES = frozenset({"ipykernel.iostream", "backtrail.replay.streams"})

_LARGEST = 32 << 20
"""Characters that wait to be read; what is printed beyond that is lost for metrics, and that is said."""

_MOST_REQUESTS = 64


class Text(NamedTuple):
    """Some text of one stream, the request it belongs to, and the moment it was printed at."""

    text: str
    stream: str
    request: str
    at: Moment | None


class Streams:
    """The texts of both streams in order, as they are sent, and calls to be made between them."""

    def __init__(self, lost: Callable[[], None]) -> None:
        self.waiting: deque[Text | Callable[[], None]] = deque()
        self._lost = lost
        self._size = 0
        self._streams: dict[str, Any] = {}
        self._taken: dict[int, int] = {}
        """Of buffers that were looked into before they were emptied, by identity: how much was taken."""
        self._moments: dict[str, Moment] = {}
        self._heard: list[Injected | Monitored] = []

    def start(self) -> None:
        """Begins to listen, where the streams are those of a kernel: others give no second look at a text."""
        kind: Any = Injected if monitoring is None else Monitored
        classes: set[type] = set()
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name, None)
            if type(stream).__module__ in _MODULES and hasattr(stream, "_buffer_lock"):
                self._streams[name] = stream
                classes.add(type(stream))
        for one in classes:
            empty = getattr(one, "_rotate_buffers", None) or getattr(one, "_rotate_buffer", None)
            if type(empty).__name__ == "function":
                self._heard.append(kind(empty, _nothing, self._emptied))

    def stop(self) -> None:
        """Stops listening."""
        self.collect()
        for one in self._heard:
            one.remove()
        self._heard.clear()

    def belongs(self, request: str, at: Moment) -> None:
        """What ``request`` prints from now on belongs to ``at``; what it printed before is taken first."""
        self.collect()
        self._moments.pop(request, None)
        self._moments[request] = at
        while len(self._moments) > _MOST_REQUESTS:
            del self._moments[next(iter(self._moments))]

    def collect(self) -> None:
        """Takes what was printed and is not sent yet. The buffers stay as they are."""
        for name, stream in self._streams.items():
            with stream._buffer_lock:
                held = stream._buffers if hasattr(stream, "_buffers") else stream._buffer
                for request, buffer in _buffers(held):
                    text = buffer.getvalue()
                    done = self._taken.get(id(buffer), 0)
                    if len(text) > done:
                        self._taken[id(buffer)] = len(text)
                        self._take(text[done:], name, request)

    def read(self, one: Text) -> None:
        """A text was read and needs no more room."""
        self._size -= len(one.text)

    def _emptied(self, frame: FrameType, value: Any) -> None:
        """Buffers were taken away, to be sent. Called on the thread that sends."""
        try:
            if current.in_fork():
                return
            stream = frame.f_locals["self"]
            name = next((name for name, one in self._streams.items() if one is stream), None)
            if name is None:
                return
            for request, buffer in _buffers(value):
                text, done = buffer.getvalue(), self._taken.pop(id(buffer), 0)
                if len(text) > done:
                    self._take(text[done:], name, request)
        except BaseException:
            pass

    def _take(self, text: str, stream: str, request: str) -> None:
        if self._size + len(text) > _LARGEST:
            self._lost()
            return
        self._size += len(text)
        self.waiting.append(Text(text, stream, request, self._moments.get(request)))


def _buffers(value: Any) -> Iterator[tuple[str, Any]]:
    """Buffers and the requests they are of: one each since ipykernel 6.30, before that one for all."""
    if not isinstance(value, dict):
        yield "", value
        return
    for parent, buffer in list(value.items()):
        yield next((str(item) for name, item in parent if name == "msg_id"), ""), buffer


def _nothing(frame: FrameType) -> None:
    """Nobody asks when it begins."""
