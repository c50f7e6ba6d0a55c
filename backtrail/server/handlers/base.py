"""What all handlers do alike: who may ask, how a run is found, how answers and refusals look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError

from backtrail.runlog import ids

from ..folder import NotebookFolder
from ..service import Service
from ..wire import dumps, parse

SETTING = "backtrail_service"

Result = TypeVar("Result")


class Refusal(HTTPError):
    """A request that cannot be answered: a status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(status)
        self.sentence = sentence


def no_such_run(run_id: object) -> Refusal:
    """The refusal of a run that is not there."""
    return Refusal(404, f"There is no run {run_id} here. Its folder may have been moved or deleted.")


class BacktrailHandler(APIHandler):
    """A handler of this extension. Each method of it is ``@authenticated`` and ``@authorized``."""

    auth_resource = "backtrail"

    @property
    def service(self) -> Service:
        """What the handlers share."""
        service: Service = self.settings[SETTING]
        return service

    def answer(self, value: Any) -> None:
        """Ends the request with a value as JSON."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(dumps(value))

    def body(self) -> Any:
        """The value in the request's body.

        Raises:
            Refusal: it is not JSON.
        """
        try:
            return parse(self.request.body)
        except (ValueError, RecursionError):
            raise Refusal(400, "The body of the request is not JSON.") from None

    async def folder_of(self, run_id: str) -> NotebookFolder:
        """The folder of the notebook that has a run.

        Raises:
            Refusal: there is no such run.
        """
        if not ids.is_id(run_id):
            raise Refusal(400, f"{run_id[:80]!r} is not the id of a run.")
        folder = await self.service.find(run_id)
        if folder is None:
            raise no_such_run(run_id)
        return folder

    async def of_run(self, function: Callable[[str], Result], run_id: str) -> Result:
        """What a method of the folder of a run says of it.

        Raises:
            Refusal: the run was deleted meanwhile.
        """
        try:
            return await self.service.call(function, run_id)
        except KeyError:
            raise no_such_run(run_id) from None

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Refusals as ``{"message": sentence}``; everything else as Jupyter Server does it."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, Refusal):
            self.answer({"message": error.sentence})
        else:
            super().write_error(status_code, **kwargs)
