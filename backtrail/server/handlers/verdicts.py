"""Verdicts that pages found."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ..edits import edit
from ..verdicts import verdict_of
from .base import BacktrailHandler, Refusal


class VerdictsHandler(BacktrailHandler):
    """``POST runs/<id>/verdicts``."""

    @authenticated
    @authorized
    async def post(self, run_id: str) -> None:
        try:
            event = verdict_of(self.body())
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        folder = await self.folder_of(run_id)
        try:
            self.answer(await self.service.call(edit, self.service.editors, folder, run_id, event))
        except OSError as error:
            raise Refusal(
                403, f"The verdict could not be kept in {folder.path}: {error.strerror or error}."
            ) from None
        except KeyError:
            raise Refusal(409, f"The run {run_id} was deleted meanwhile.") from None
