"""Writes down what was read and written, with the hashes when they are there."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterable
from typing import Any, Callable

from ...runlog import layout
from ..recorder import Recorder
from ..run import Run
from . import gathering, identity, network
from .contents import Content, Contents
from .keeping import Keeping
from .settling import Use
from .worker import Worker

KEEP_MEGABYTES = 10

NOT_YET = "its content is not hashed yet"
# What is read, and what is copied to be kept, before something is written over it.
_LARGEST_HURRY = 16 << 20
_LARGEST_COPY = 1 << 20

_NO_TIME = "the kernel ended before its content was read"

# What is hashed at once, so that the next cell cannot change it before.
_AT_ONCE = 256 << 10
_SECONDS_AT_ONCE = 0.0005


class Report:
    """The inputs and outputs of one session."""

    def __init__(self, recorder: Recorder, contents: Contents, remote: Callable[[str], bool]) -> None:
        self._recorder = recorder
        self._contents = contents
        self._keeping = Keeping(recorder.session, contents)
        self._remote = remote
        self._worker = Worker()
        self._pending: dict[str, _Hashing] = {}

    def tell(self, uses: Iterable[Use], n: int | None, folder: str) -> None:
        """Writes what can be said at once, and has the rest read; ``folder`` is the working directory."""
        begun = time.perf_counter()
        found = list(uses)
        for event in ("input", "output"):
            mine = [use for use in found if use.event == event]
            single, many = gathering.gather(dict.fromkeys(use.path for use in mine), folder)
            wanted = set(single)
            for use in mine:
                if use.path in wanted:
                    self._tell(use, n, time.perf_counter() - begun < _SECONDS_AT_ONCE)
            for parent, inside in many.items():
                among = set(inside)
                self.tell_folder(parent, [use for use in mine if use.path in among], n)

    def tell_fetched(self, url: str, run: Run | None, n: int | None) -> None:
        """Writes that something was read over the network."""
        fields = {"path": network.public(url), "sha256": None, "size": None, "how": "network", "cell": n}
        why = "what came over the network is not kept"
        self.write_fields("input", run, {**fields, "kind": "network", "skipped": why})

    def do(self, job: Any) -> None:
        """Has something else done after what is being read."""
        self._worker.do(job)

    def hurry(self, path: str) -> None:
        """Something is about to be written over a file that waits to be read."""
        waiting = self._pending.get(path)
        if waiting is not None and not self._remote(path):
            waiting.hurry()

    def moved(self, path: str, target: str) -> None:
        """A file that may wait to be read has another name now."""
        waiting = self._pending.pop(path, None)
        if waiting is not None:
            waiting.path = target
            self._pending[target] = waiting

    def finish(self, seconds: float) -> None:
        """Reads what is left, as far as there is time."""
        self._worker.finish(seconds)

    def write(self, use: Use, content: Content, n: int | None, **more: Any) -> None:
        """Writes one event."""
        run = use.run
        fields: dict[str, Any] = {"path": self._recorder.session.relative(use.path)}
        fields |= {"sha256": content.sha256, "size": content.size, "how": use.how, "cell": n}
        if use.kind != "file":
            fields["kind"] = use.kind
        if content.skipped:
            fields["skipped"] = content.skipped
        self.write_fields(use.event, run, {**fields, **more})
        if use.data is not None and content.skipped != NOT_YET:
            data = {"name": os.path.basename(use.path), "version": None, **dict(use.data)}
            data |= {name: fields[name] for name in ("path", "sha256", "size", "cell")}
            self.write_fields("dataset", run, data)

    def write_fields(self, event: str, run: Run | None, fields: dict[str, Any]) -> None:
        """Writes an event of a run."""
        recorder = self._recorder
        with recorder.lock:
            run = run or recorder.open_run()
            if event == "input":
                # To read a file does not make a run one to be listed.
                recorder.session.write(event, run=run.id, **fields)
                recorder.touched[run.id] = run
            else:
                recorder.record(run, event, **fields)
        if run.ended is not None:
            recorder.summarize_soon()

    def _tell(self, use: Use, n: int | None, there_is_time: bool) -> None:
        if use.content is not None:
            self.write(use, use.content, n)
            return
        content = Content(None, use.identity.size if use.identity else None, NOT_YET)
        most = self._recorder.options.number("keep_files_up_to", KEEP_MEGABYTES) * 1e6
        small = use.identity is not None and use.identity.size <= _AT_ONCE
        if small and there_is_time and not self._remote(use.path):
            content = self._contents.of(use.path, use.identity)
        self.write(use, content, n)
        if content.skipped == NOT_YET or (use.event == "output" and content.sha256 and most > 0):
            job = _Hashing(self, use, content, n, most)
            self._pending[use.path] = job
            self._worker.do(job)

    def tell_folder(self, folder: str, uses: list[Use], n: int | None) -> None:
        """Writes one event for many files of a folder, and has them read."""
        use = uses[0]._replace(path=folder, kind="directory", identity=None)
        size = sum(one.identity.size for one in uses if one.identity)
        self.write(use, Content(None, size, NOT_YET), n, files=len(uses))
        self._worker.do(_Gathering(self, use, uses, n))

    def _late(self) -> bool:
        return self._worker.late()


class _Hashing:
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
            content = self._report._contents.of(self.path, self._use.identity, copy=copy)
            self._data = copy.getvalue() if copy is not None and content.sha256 else None
            self._hurried = content

    def run(self) -> None:
        report, use = self._report, self._use
        kept: bool | None = None
        if self._hurried is not None and self._hurried.sha256 is not None:
            content = self._hurried
            kept = report._keeping.keep_bytes(self._data) if self._data is not None else None
        elif use.event == "output":
            content, kept = report._keeping.keep(self.path, use.identity, self._most, report._late)
            if content.sha256 is None:
                content = self._hurried or content
        else:
            content = report._contents.of(self.path, use.identity, report._late)
        self._forget()
        if self._told.sha256 is not None and kept is None:
            return
        if use.kind == "database" and _has_log(self.path):
            content = content._replace(sha256=None, skipped="changes of it stand in its -wal file still")
        report.write(use, content, self._n, **({} if kept is None else {"kept": kept}))

    def give_up(self) -> None:
        self._forget()
        if self._told.sha256 is None:
            content = self._hurried or self._told._replace(skipped=_NO_TIME)
            self._report.write(self._use, content, self._n)

    def _forget(self) -> None:
        if self._report._pending.get(self.path) is self:
            self._report._pending.pop(self.path, None)


class _Gathering:
    """Reads the files of one folder, and keeps the list of their hashes."""

    def __init__(self, report: Report, use: Use, uses: list[Use], n: int | None) -> None:
        self._report = report
        self._use = use
        self._uses = uses
        self._n = n

    def run(self) -> None:
        report, hashes, size, missed = self._report, [], 0, 0
        for use in self._uses:
            if report._late():
                self.give_up()
                return
            content = use.content or report._contents.of(use.path, use.identity)
            size += content.size or 0
            if content.sha256 is None:
                missed += 1
            else:
                hashes.append((use.path, content.sha256))
        text = gathering.listing(self._use.path, hashes)
        more: dict[str, Any] = {"files": len(self._uses)}
        try:
            sha256 = layout.store_blob(report._recorder.session.runs, text)
            more["kept"] = True
        except OSError:
            sha256 = gathering.digest(self._use.path, hashes)
        skipped = None
        if missed:
            skipped = f"{missed} of its files could not be read, and its hash is that of the others"
        report.write(self._use, Content(sha256, size, skipped), self._n, **more)

    def give_up(self) -> None:
        size = sum(use.identity.size for use in self._uses if use.identity)
        self._report.write(self._use, Content(None, size, _NO_TIME), self._n, files=len(self._uses))


def _has_log(path: str) -> bool:
    log = identity.look(path + "-wal").identity
    return log is not None and log.size > 0 and os.path.exists(path)
