"""Following a replay."""

from __future__ import annotations

from typing import Any

from .follow import Follow, Send, existing
from .plays import Play
from .service import Service


class FollowPlay(Follow):
    """How many cells of a replay began, whether its environment is being built, and whether it ended.

    A replay that nobody follows is given up.
    """

    pause = 0.2

    def __init__(self, service: Service, send: Send, play: Play) -> None:
        self._play = play
        self._left = False
        self._sent: dict[str, Any] | None = None
        play.attend()
        play.changed = self.touch
        super().__init__(service, send)

    def close(self) -> None:
        """Ends it; a second call does nothing."""
        if not self._left:
            self._left = True
            self._play.leave()
        super().close()

    async def message(self) -> dict[str, Any] | None:
        play = self._play
        if self.watch({} if play.ended else {existing(play.sessions): self.touch}):
            self.touch()
        cells, building = await self.service.call(play.begun), await self.service.call(play.building)
        now = {"ended": play.ended, "cells": cells, **({"building": True} if building else {})}
        if now == self._sent:
            return None
        self._sent = now
        return {"play": now}
