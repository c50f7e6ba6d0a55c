"""Exports as folders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ..crates import files_of, write
from .base import BacktrailHandler, Refusal

_Method = Callable[..., Awaitable[Any]]
_who_may_write: Callable[[_Method], _Method] = authorized("write", resource="contents")
"""A crate is a folder among the user's files."""


class CratesHandler(BacktrailHandler):
    """``POST runs/<id>/crates``: writes all files of an RO-Crate but its metadata, which name the others."""

    @authenticated
    @_who_may_write
    async def post(self, run_id: str) -> None:
        folder, body = await self.folder_of(run_id), self.body()
        summary = await self.of_run(folder.summary, run_id)
        notebook = summary["notebook"]["path"]
        home = Path(notebook).parent if notebook else folder.runs_folder.parent
        try:
            files = files_of(body)
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        wanted = body.get("folder")
        target = self.service.places.on_disk(wanted) if isinstance(wanted, str) and wanted else None
        if target is None:
            raise Refusal(400, "The folder of a crate is one below the server's.")
        try:
            present = await self.service.call(
                write, files, target, folder.runs_folder, home, self.service.places
            )
        except FileExistsError:
            raise Refusal(409, f"{wanted} is there already.") from None
        except OSError as error:
            raise Refusal(409, f"{wanted} cannot be written: {error.strerror or error}.") from None
        self.answer({"present": present})
