"""Replays of runs: what can be played, and playing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from backtrail.node import find_node
from backtrail.runlog import layout

from ..plays import MOST, Play, is_python, request_of
from .base import BacktrailHandler, Refusal
from .files import FileHandler

_Method = Callable[..., Awaitable[Any]]
_who_may_execute: Callable[[_Method], _Method] = authorized("execute", resource="kernels")
"""What is played is code, so only those may begin it who may run code in a kernel."""


def no_such_play(play_id: object) -> Refusal:
    """The refusal of a replay that is not there."""
    return Refusal(
        404, f"There is no replay {play_id} here: the server was started anew, or it was given up."
    )


class PlaysHandler(BacktrailHandler):
    """``runs/<id>/plays``: the interpreters, and a new replay."""

    @authenticated
    @authorized
    async def get(self, run_id: str) -> None:
        recorded, present, _ = await self._interpreters(run_id)
        there = recorded is not None and os.access(recorded, os.X_OK)
        self.answer({"recorded": recorded, "there": there, "present": present})

    @authenticated
    @_who_may_execute
    async def post(self, run_id: str) -> None:
        folder = await self.folder_of(run_id)
        (recorded, present, language), body = await self._interpreters(run_id), self.body()
        wanted = (body.get("python") if isinstance(body, dict) else None) or recorded
        if wanted is None:
            raise Refusal(409, "The record names no interpreter.")
        if wanted not in (recorded, present):
            raise Refusal(400, "A replay is played by the interpreter of the run, or by that of the server.")
        if not os.access(wanted, os.X_OK):
            raise Refusal(409, f"The interpreter {wanted} is gone.")
        if len(self.service.plays) >= MOST:
            raise Refusal(409, f"{MOST} replays are going on already: cancel one, or wait for it.")
        try:
            request = request_of(body, wanted, folder.runs_folder)
            # Which program plays it is for the record to say, not for the page.
            request.scene["language"] = language
            play = self.service.plays.begin(request)
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        except OSError as error:
            raise Refusal(409, f"{wanted} cannot be started: {error.strerror or error}.") from None
        self.answer({"play": play.id})

    async def _interpreters(self, run_id: str) -> tuple[str | None, str | None, str]:
        """The interpreter of a run, the one that is here for its language, and the language."""
        folder = await self.folder_of(run_id)
        run = await self.of_run(folder.summary, run_id)
        executable = (run["environment"] or {}).get("executable")
        recorded = executable if isinstance(executable, str) and executable else None
        language = str((run.get("kernel") or {}).get("language") or "python")
        return recorded, sys.executable if is_python(language) else find_node(), language


class PlayHandler(BacktrailHandler):
    """``runs/<id>/plays/<play>``: what it came to, and its end."""

    @authenticated
    @authorized
    async def get(self, run_id: str, play_id: str) -> None:
        play = self._play(play_id)
        if not play.ended:
            raise Refusal(409, "The replay is still going on.")
        self.answer(await self.service.call(play.record))

    @authenticated
    @_who_may_execute
    async def delete(self, run_id: str, play_id: str) -> None:
        self._play(play_id).remove()
        self.set_status(204)
        self.finish()

    def _play(self, play_id: str) -> Play:
        play = self.service.plays.get(play_id)
        if play is None:
            raise no_such_play(play_id)
        return play


class MetricsHandler(FileHandler):
    """``GET runs/<id>/metrics``: every point of a run, as it was logged."""

    @authenticated
    @authorized
    async def get(self, run_id: str) -> None:
        folder = await self.folder_of(run_id)
        path = layout.metrics_path(folder.path, run_id)
        if path.is_file():
            await self.send(path, path.name)
        else:
            # A run without metrics has no file of them.
            await self.finish(b"", set_content_type="application/octet-stream")
