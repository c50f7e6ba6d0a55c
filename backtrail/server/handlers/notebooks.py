"""What only the browser knows of a notebook."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ..notebooks import record, told_by
from .base import BacktrailHandler, Refusal


class NotebooksHandler(BacktrailHandler):
    """``POST notebooks``."""

    @authenticated
    @authorized
    async def post(self) -> None:
        try:
            told = told_by(self.body())
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        service = self.service
        folder = await service.find_session(told.session)
        if folder is None:
            raise Refusal(404, f"There is no log of the session {told.session} here.")
        try:
            recorded = await service.call(record, service.editors, service.places, folder, told)
        except OSError as error:
            raise Refusal(
                403, f"The notebook could not be noted in {folder.path}: {error.strerror or error}."
            ) from None
        self.answer({"recorded": recorded})
