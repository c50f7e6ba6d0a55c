"""Which run made this file?"""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from backtrail.runlog import layout

from ..store import Scope
from ..which import digest_of, uses
from .base import BacktrailHandler, Refusal


class WhichHandler(BacktrailHandler):
    """``GET which``: the runs that wrote or read the bytes of a file, or those with a hash."""

    @authenticated
    @authorized
    async def get(self) -> None:
        sha256, size = await self._wanted()
        await self.service.refresh()
        listing = await self.service.call(self.service.store.listing, Scope("all", ""))
        found = await self.service.call(uses, listing.entries.values(), sha256)
        self.answer({"sha256": sha256, "size": size, **found, "problems": listing.problems})

    async def _wanted(self) -> tuple[str, int | None]:
        sha256 = self.get_query_argument("sha256", "")
        if sha256:
            if not layout.is_sha256(sha256):
                raise Refusal(400, "A sha256 has 64 lower-case hexadecimal digits.")
            return sha256, None
        asked = self.get_query_argument("path", "")
        path = self.service.places.on_disk(asked)
        if not asked or path is None:
            raise Refusal(404, f"There is no file {asked} here.")
        try:
            # Not in the thread of the store: a large file would keep everybody waiting.
            return await asyncio.get_running_loop().run_in_executor(None, digest_of, path)
        except FileNotFoundError:
            raise Refusal(404, f"There is no file {asked} here.") from None
        except OSError as error:
            raise Refusal(403, f"{asked} cannot be read: {error.strerror or error}.") from None
