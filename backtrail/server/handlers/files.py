"""Artifacts and blobs, as downloads."""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_server.auth.decorator import authorized
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from backtrail.runlog import layout

from .base import BacktrailHandler, Refusal

_PIECE = 1 << 20


class FileHandler(BacktrailHandler):
    """Sends a file piece by piece, never as something that a browser would run."""

    async def send(self, path: Path, name: str) -> None:
        """Sends a regular file under a name.

        Raises:
            Refusal: it is not there, or cannot be read.
        """
        try:
            descriptor = await self.service.call(_open, path)
        except PermissionError:
            raise Refusal(403, f"{path} may not be read by the server.") from None
        except OSError:
            raise Refusal(404, f"{path} is not there. It may have been moved or deleted.") from None
        with os.fdopen(descriptor, "rb") as file:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("X-Content-Type-Options", "nosniff")
            self.set_header("Content-Length", str(os.fstat(file.fileno()).st_size))
            self.set_attachment_header(name)
            left = os.fstat(file.fileno()).st_size
            try:
                while left and (data := await self.service.call(file.read, min(left, _PIECE))):
                    left -= len(data)
                    self.write(data)
                    await self.flush()
            except StreamClosedError:
                return
            await self.finish(set_content_type="application/octet-stream")


class ArtifactHandler(FileHandler):
    """``GET runs/<id>/artifacts/<path>``."""

    @authenticated
    @authorized
    async def get(self, run_id: str, path: str) -> None:
        folder = await self.folder_of(run_id)
        top = os.path.realpath(layout.artifacts_dir(folder.path, run_id))
        if "\0" in path:
            raise Refusal(400, "The path of an artifact has no zero bytes.")
        wanted = os.path.realpath(os.path.join(top, path))
        run_folder = os.path.realpath(layout.run_dir(folder.path, run_id))
        if not (top.startswith(run_folder + os.sep) and wanted.startswith(top + os.sep)):
            raise Refusal(403, "This is not among the artifacts of the run.")
        await self.send(Path(wanted), os.path.basename(wanted))


class BlobHandler(FileHandler):
    """``GET blobs/<sha256>?run=<id>``."""

    @authenticated
    @authorized
    async def get(self, sha256: str) -> None:
        if not layout.is_sha256(sha256):
            raise Refusal(400, "A blob is named by 64 lower-case hex digits.")
        folder = await self.folder_of(self.get_query_argument("run", ""))
        path = layout.blob_path(folder.runs_folder, sha256)
        if not os.path.realpath(path).startswith(os.path.realpath(folder.runs_folder) + os.sep):
            raise Refusal(403, "This is not among the blobs of the run.")
        await self.send(path, sha256)


def _open(path: Path) -> int:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not path.is_file():
        os.close(descriptor)
        raise FileNotFoundError(path)
    return descriptor
