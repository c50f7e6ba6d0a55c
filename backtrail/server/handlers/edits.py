"""What a page has written to the history of a run: changes that people make, and verdicts that it found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ..edits import edit, edit_of
from ..verdicts import verdict_of
from .base import BacktrailHandler, Refusal


class WriteHandler(BacktrailHandler):
    """Writes an event of a run."""

    async def write_event(self, run_id: str, event_of: Callable[[Any], dict[str, Any]], failed: str) -> None:
        """Writes what ``event_of`` makes of the body, and answers with the run's summary.

        ``event_of`` raises a ValueError that says what is wrong. ``failed`` comes before the folder
        where it could not be written.
        """
        try:
            event = event_of(self.body())
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        folder = await self.folder_of(run_id)
        try:
            self.answer(await self.service.call(edit, self.service.editors, folder, run_id, event))
        except OSError as error:
            raise Refusal(403, f"{failed} {folder.path}: {error.strerror or error}.") from None
        except KeyError:
            raise Refusal(409, f"The run {run_id} was deleted meanwhile.") from None


class EditsHandler(WriteHandler):
    """``POST runs/<id>/edits``."""

    @authenticated
    @authorized
    async def post(self, run_id: str) -> None:
        await self.write_event(run_id, edit_of, "The change could not be written to")


class VerdictsHandler(WriteHandler):
    """``POST runs/<id>/verdicts``."""

    @authenticated
    @authorized
    async def post(self, run_id: str) -> None:
        await self.write_event(run_id, verdict_of, "The verdict could not be kept in")
