"""Lists of runs, single runs and their logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

import backtrail

from ..store import Scope
from .base import BacktrailHandler, Refusal


class StatusHandler(BacktrailHandler):
    """``GET status``: that the extension is there, and where the tracker can be loaded from."""

    @authenticated
    @authorized
    async def get(self) -> None:
        self.answer(
            {
                "version": backtrail.__version__,
                "root": str(self.service.places.root),
                "tracker": str(Path(backtrail.__file__).parents[1]),
            }
        )


class RunsHandler(BacktrailHandler):
    """``GET runs``: the summaries of a scope."""

    @authenticated
    @authorized
    async def get(self) -> None:
        empty = self.get_query_argument("empty", "0") == "1"
        scope = scope_of(self.get_query_argument("scope", "all"), self.get_query_argument("path", ""), empty)
        await self.service.refresh()
        listing = await self.service.call(self.service.store.listing, scope)
        self.answer({"runs": list(listing.entries.values()), "problems": listing.problems})


class RunHandler(BacktrailHandler):
    """``GET runs/<id>``: the whole summary."""

    @authenticated
    @authorized
    async def get(self, run_id: str) -> None:
        folder = await self.folder_of(run_id)
        self.answer(await self.of_run(folder.summary, run_id))


class LogHandler(BacktrailHandler):
    """``GET runs/<id>/log``: the texts from which a run can be repeated."""

    @authenticated
    @authorized
    async def get(self, run_id: str) -> None:
        folder = await self.folder_of(run_id)
        self.answer(await self.of_run(folder.logs, run_id))


def scope_of(kind: Any, path: Any, empty: bool) -> Scope:
    """A scope from what a client says.

    Raises:
        Refusal: it is none.
    """
    if kind not in ("notebook", "folder", "all"):
        raise Refusal(400, "The scope is notebook, folder or all.")
    if not isinstance(path, str):
        raise Refusal(400, "The path of a scope is a text.")
    return Scope(kind, path, empty)
