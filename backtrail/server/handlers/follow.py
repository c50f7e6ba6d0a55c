"""The WebSocket over which a page follows runs and series."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from backtrail.runlog import ids, layout

from ..follow import Follow
from ..follow_cells import FollowCells
from ..follow_play import FollowPlay
from ..follow_runs import FollowRuns
from ..follow_series import FollowSeries, width_of
from ..service import Service
from ..wire import dumps, parse
from .base import SETTING, Refusal, no_such_run
from .plays import no_such_play
from .runs import scope_of
from .series import file_of, keys_of

_MOST = 200


class FollowHandler(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """``WS follow``: one connection a page, with any number of follows up to a limit."""

    auth_resource = "backtrail"

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Refuses who may not ask, then becomes a WebSocket."""
        authorizer = self.authorizer
        allowed = authorizer.is_authorized(self, self.current_user, "read", self.auth_resource)
        if not (await allowed if asyncio.iscoroutine(allowed) else allowed):
            raise HTTPError(403)
        self._follows: dict[str, Follow] = {}
        await super().get(*args, **kwargs)

    def get_compression_options(self) -> dict[str, Any]:
        """Messages are packed: a long history is eight times shorter, for 3 ms of work a megabyte."""
        return {"compression_level": 1}

    async def on_message(self, message: str | bytes) -> None:
        """Begins or ends a follow. What is not understood is answered with a sentence."""
        try:
            body = parse(message.encode() if isinstance(message, str) else message)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            await self._send({"error": "A message is a JSON object."})
            return
        name = body.get("unfollow", body.get("id"))
        if not isinstance(name, str):
            await self._send({"error": "A follow has an id, which is a text."})
            return
        self._end(name)
        if "unfollow" in body:
            return
        try:
            if len(self._follows) >= _MOST:
                raise Refusal(409, f"A page follows at most {_MOST} things; end some of them first.")
            await self._begin(name, body)
        except Refusal as refusal:
            await self._send({"id": name, "error": refusal.sentence})

    def on_close(self) -> None:
        """Ends all follows."""
        for name in list(self._follows):
            self._end(name)
        super().on_close()

    async def _begin(self, name: str, body: dict[str, Any]) -> None:
        service: Service = self.settings[SETTING]

        async def send(message: dict[str, Any]) -> None:
            await self._send({"id": name, **message})

        if body.get("follow") == "runs":
            scope = scope_of(body.get("scope", "all"), body.get("path", ""), body.get("empty") in (True, 1))
            self._keep(name, FollowRuns(service, send, scope))
            return
        if body.get("follow") == "play":
            play = service.plays.get(str(body.get("play")))
            if play is None:
                raise no_such_play(body.get("play"))
            self._keep(name, FollowPlay(service, send, play))
            return
        if body.get("follow") == "cells":
            session = body.get("session")
            logging = await service.find_session(session) if ids.is_id(session) else None
            if logging is None or not ids.is_id(session):
                raise Refusal(404, f"There is no log of the session {session} here.")
            self._keep(name, FollowCells(service, send, layout.log_path(logging.path, session)))
            return
        if body.get("follow") != "series":
            raise Refusal(400, "What is followed is runs, cells, series or a play.")
        run_id = body.get("run")
        folder = await service.locate(run_id) if ids.is_id(run_id) else None
        if folder is None or not ids.is_id(run_id):
            raise no_such_run(run_id)
        try:
            keys = keys_of(body.get("keys"))
            points = file_of(body.get("of"))(folder, run_id)
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        self._keep(name, FollowSeries(service, send, points, keys, width_of(body.get("width"))))

    def _keep(self, name: str, follow: Follow) -> None:
        # Looking for the run took a moment, in which the page may have asked again or gone.
        self._end(name)
        if self.ws_connection is None:
            follow.close()
        else:
            self._follows[name] = follow

    def _end(self, name: str) -> None:
        follow = self._follows.pop(name, None)
        if follow is not None:
            follow.close()

    async def _send(self, message: dict[str, Any]) -> None:
        try:
            await self.write_message(dumps(message).decode())
        except WebSocketClosedError:
            # on_close ends the follows.
            pass
