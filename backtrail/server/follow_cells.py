"""Following the executions of a session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backtrail.runlog.lines import decode
from backtrail.runlog.tail import Replaced, Tail

from .executions import Executions
from .follow import Follow, Send, existing
from .service import Service
from .wire import parse


class FollowCells(Follow):
    """All executions of a session, then those that are new or changed; ``path`` is the session's log."""

    pause = 0.1

    def __init__(self, service: Service, send: Send, path: Path) -> None:
        self._path = path
        self._open_since: int | None = None
        self._is_first = True
        self._begin()
        super().__init__(service, send)

    async def message(self) -> dict[str, Any] | None:
        if self.watch({existing(self._path.parent): self.touch}):
            self.touch()
        try:
            while await self.service.call(self._read):
                pass
        except Replaced:
            self._begin()
            self.touch()
            return None
        except OSError:
            # It is not there, or not there any more: the next look tries again.
            return None
        executions, now = self._executions.take(), self._executions.open_since
        first, self._is_first = self._is_first, False
        if not first and not executions and now == self._open_since:
            return None
        self._open_since = now
        return {"cells": {"executions": executions, "openSince": now, "first": first}}

    def _begin(self) -> None:
        self._tail = Tail(self._path)
        self._executions = Executions()
        self._is_first = True

    def _read(self) -> bool:
        data = self._tail.read()
        for event in decode(data, parse).events:
            self._executions.feed(event)
        return bool(data)
