"""Which run made this file, what was it made of, and did its code have a commit?"""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from backtrail.query import ancestry
from backtrail.runlog import ids, layout

from ..lineage import relatives
from ..store import Scope
from ..which import digest_of, uses, writers_in
from .base import BacktrailHandler, Refusal, no_such_run


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


class WhichFolderHandler(BacktrailHandler):
    """``GET which/folder``: the files of a folder, each with the run that wrote its bytes."""

    @authenticated
    @authorized
    async def get(self) -> None:
        asked = self.get_query_argument("path", "")
        path = self.service.places.on_disk(asked)
        if path is None or not path.is_dir():
            raise Refusal(404, f"There is no folder {asked} here.")
        await self.service.refresh()
        listing = await self.service.call(self.service.store.listing, Scope("all", ""))
        entries = list(listing.entries.values())
        # Not in the thread of the store, as above.
        found = await asyncio.get_running_loop().run_in_executor(None, writers_in, path, entries)
        self.answer({**found, "problems": listing.problems})


class LineageHandler(BacktrailHandler):
    """``GET lineage``: a run, those that made what it read, and those that read what it wrote."""

    @authenticated
    @authorized
    async def get(self) -> None:
        run_id = self.get_query_argument("run", "")
        if not ids.is_id(run_id):
            raise Refusal(400, "Which run? Its id is asked for as run.")
        await self.service.refresh()
        listing = await self.service.call(self.service.store.listing, Scope("all", "", True))
        try:
            found = await self.service.call(relatives, listing.entries.values(), run_id)
        except KeyError:
            raise no_such_run(run_id) from None
        self.answer({"runs": found.runs, "more": found.more, "problems": listing.problems})


class AncestryHandler(BacktrailHandler):
    """``GET ancestry``: of the commits that runs have, those that contain a commit and those that do not."""

    @authenticated
    @authorized
    async def get(self) -> None:
        commit = self.get_query_argument("commit", "")
        if not ancestry.is_commit(commit):
            raise Refusal(400, "Which commit? It is asked for as commit, such as 1a2b3c4.")
        await self.service.refresh()
        listing = await self.service.call(self.service.store.listing, Scope("all", ""))
        clones = await self.service.call(ancestry.clones, listing.entries.values())
        answers: dict[str, bool] = {}
        for root, commits in clones.items():
            # Not in the thread of the store: git takes its time in a long history.
            asked = asyncio.get_running_loop().run_in_executor(
                None, ancestry.contained, root, commit, commits
            )
            for one, contains in (await asked).items():
                answers[one] = answers.get(one, False) or contains
        self.answer({"commits": answers})
