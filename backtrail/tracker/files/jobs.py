"""Reading files away from the cells, and telling what was in them."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

from ...runlog import layout
from . import gathering, identity, undated
from .contents import Content
from .settling import Use
from .worker import NO_TIME

if TYPE_CHECKING:
    from .report import Report

NOT_YET = "its content is not hashed yet"

# What is read, and what is copied to be kept, before something is written over it.
_LARGEST_HURRY = 16 << 20
_LARGEST_COPY = 1 << 20


class Hashing:
    """Reads one file, and keeps it if it was written and is not too large."""

    def __init__(self, report: Report, use: Use, told: Content, n: int | None, most: float) -> None:
        self.path = use.path
        self._report = report
        self._use = use
        self._told = told
        self._n = n
        self._most = most
        self._hurried: Content | None = None
        self._data: bytes | None = None
        """The content, where it could be read before something was written over it."""

    def hurry(self) -> None:
        """Reads the file now, in the midst of the call that is going to change it."""
        size = self._use.identity.size if self._use.identity else 0
        if self._hurried is not None or size > _LARGEST_HURRY:
            return
        keeps = self._use.event == "output" and size <= min(self._most, _LARGEST_COPY)
        if keeps or self._told.sha256 is None:
            copy = io.BytesIO() if keeps else None
            content = self._report.contents.of(self.path, self._use.identity, copy=copy)
            self._data = copy.getvalue() if copy is not None and content.sha256 else None
            self._hurried = content

    def run(self) -> None:
        """Reads, and tells."""
        report, use = self._report, self._use
        kept: bool | None = None
        if self._hurried is not None and self._hurried.sha256 is not None:
            content = self._hurried
            kept = report.keeping.keep_bytes(self._data) if self._data is not None else None
        elif use.event == "output":
            content, kept = report.keeping.keep(self.path, use.identity, self._most, report.late)
            if content.sha256 is None:
                content = self._hurried or content
        else:
            content = report.contents.of(self.path, use.identity, report.late)
        self._forget()
        holds = self._undated() if content.sha256 is not None else None
        if self._told.sha256 is not None and kept is None and holds is None:
            return
        if use.kind == "database" and _has_log(self.path):
            content = content._replace(sha256=None, skipped="changes of it stand in its -wal file still")
        more = {"kept": kept, "undated": holds}
        report.write(use, content, self._n, **{name: one for name, one in more.items() if one is not None})

    def _undated(self) -> str | None:
        """What a file that was written holds without the dates in it, if it still stands as it was."""
        before = self._use.identity
        found = undated.digest(self.path) if self._use.event == "output" and before is not None else None
        now = identity.look(self.path).identity
        return found if now is not None and now.same(before) else None

    def give_up(self, why: str) -> None:
        """Tells why nothing was read."""
        self._forget()
        if self._told.sha256 is None:
            content = self._hurried or self._told._replace(skipped=why)
            self._report.write(self._use, content, self._n)

    def _forget(self) -> None:
        if self._report.pending.get(self.path) is self:
            self._report.pending.pop(self.path, None)


class Gathering:
    """Reads the files of one folder, and keeps the list of their hashes."""

    def __init__(self, report: Report, use: Use, uses: list[Use], n: int | None) -> None:
        self._report = report
        self._use = use
        self._uses = uses
        self._n = n

    def run(self) -> None:
        """Reads, and tells."""
        report, hashes, size, missed = self._report, [], 0, 0
        for use in self._uses:
            if report.late():
                self.give_up(NO_TIME)
                return
            content = use.content or report.contents.of(use.path, use.identity)
            size += content.size or 0
            if content.sha256 is None:
                missed += 1
            else:
                hashes.append((use.path, content.sha256))
        text = gathering.listing(self._use.path, hashes)
        more: dict[str, Any] = {"files": len(self._uses)}
        try:
            sha256 = layout.store_blob(report.recorder.session.runs, text)
            more["kept"] = True
        except OSError:
            sha256 = gathering.digest(self._use.path, hashes)
        skipped = None
        if missed:
            skipped = f"{missed} of its files could not be read, and its hash is that of the others"
        report.write(self._use, Content(sha256, size, skipped), self._n, **more)

    def give_up(self, why: str) -> None:
        """Tells why nothing was read."""
        size = sum(use.identity.size for use in self._uses if use.identity)
        self._report.write(self._use, Content(None, size, why), self._n, files=len(self._uses))


def _has_log(path: str) -> bool:
    log = identity.look(path + "-wal").identity
    return log is not None and log.size > 0 and os.path.exists(path)
