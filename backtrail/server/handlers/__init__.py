"""The addresses of the extension, below ``<base url>backtrail/`` (docs/server.md)."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from .crates import CratesHandler
from .edits import EditsHandler, VerdictsHandler
from .files import ArtifactHandler, BlobHandler
from .follow import FollowHandler
from .notebooks import NotebooksHandler
from .plays import MetricsHandler, PlayHandler, PlaysHandler
from .runs import LogHandler, RunHandler, RunsHandler, StatusHandler
from .series import SeriesHandler
from .which import AncestryHandler, LineageHandler, WhichFolderHandler, WhichHandler

_RUN = r"(?P<run_id>[^/]+)"


def routes(base_url: str) -> list[tuple[str, Any]]:
    """All addresses with their handlers."""
    handlers = [
        ("status", StatusHandler),
        ("runs", RunsHandler),
        (rf"runs/{_RUN}", RunHandler),
        (rf"runs/{_RUN}/log", LogHandler),
        (rf"runs/{_RUN}/series", SeriesHandler),
        (rf"runs/{_RUN}/metrics", MetricsHandler),
        (rf"runs/{_RUN}/plays", PlaysHandler),
        (rf"runs/{_RUN}/plays/(?P<play_id>[^/]+)", PlayHandler),
        (rf"runs/{_RUN}/crates", CratesHandler),
        (rf"runs/{_RUN}/verdicts", VerdictsHandler),
        (rf"runs/{_RUN}/artifacts/(?P<path>.+)", ArtifactHandler),
        (rf"runs/{_RUN}/edits", EditsHandler),
        (r"blobs/(?P<sha256>[^/]+)", BlobHandler),
        ("notebooks", NotebooksHandler),
        ("which", WhichHandler),
        ("which/folder", WhichFolderHandler),
        ("lineage", LineageHandler),
        ("ancestry", AncestryHandler),
        ("follow", FollowHandler),
    ]
    return [(url_path_join(base_url, "backtrail", path), handler) for path, handler in handlers]
