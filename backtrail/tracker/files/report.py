"""Writes down what was read and written, with the hashes when they are there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import Any, Callable

from ..recorder import Recorder
from ..run import Run
from . import gathering, network
from .contents import Content, Contents
from .jobs import NOT_YET, Gathering, Hashing
from .keeping import Keeping
from .settling import Use
from .worker import Worker

KEEP_MEGABYTES = 10

# What is hashed at once, so that the next cell cannot change it before.
_AT_ONCE = 256 << 10
_SECONDS_AT_ONCE = 0.0005


class Report:
    """The inputs and outputs of one session."""

    def __init__(self, recorder: Recorder, contents: Contents, remote: Callable[[str], bool]) -> None:
        self.recorder = recorder
        self.contents = contents
        self.keeping = Keeping(recorder.session, contents)
        self._remote = remote
        self._worker = Worker()
        self.pending: dict[str, Hashing] = {}

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
        waiting = self.pending.get(path)
        if waiting is not None and not self._remote(path):
            waiting.hurry()

    def moved(self, path: str, target: str) -> None:
        """A file that may wait to be read has another name now."""
        waiting = self.pending.pop(path, None)
        if waiting is not None:
            waiting.path = target
            self.pending[target] = waiting

    def finish(self, seconds: float) -> None:
        """Reads what is left, as far as there is time."""
        self._worker.finish(seconds)

    def write(self, use: Use, content: Content, n: int | None, **more: Any) -> None:
        """Writes one event."""
        run = use.run
        fields: dict[str, Any] = {"path": self.recorder.session.relative(use.path)}
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
        recorder = self.recorder
        with recorder.lock:
            run = run or recorder.open_run()
            recorder.record(run, event, **fields)
        if run.ended is not None:
            recorder.upkeep.summarize_soon()

    def _tell(self, use: Use, n: int | None, there_is_time: bool) -> None:
        if use.content is not None:
            self.write(use, use.content, n)
            return
        content = Content(None, use.identity.size if use.identity else None, NOT_YET)
        most = self.recorder.options.number("keep_files_up_to", KEEP_MEGABYTES) * 1e6
        small = use.identity is not None and use.identity.size <= _AT_ONCE
        if small and there_is_time and not self._remote(use.path):
            content = self.contents.of(use.path, use.identity)
        self.write(use, content, n)
        if content.skipped == NOT_YET or (use.event == "output" and content.sha256 and most > 0):
            job = Hashing(self, use, content, n, most)
            self.pending[use.path] = job
            self._worker.do(job)

    def tell_folder(self, folder: str, uses: list[Use], n: int | None) -> None:
        """Writes one event for many files of a folder, and has them read."""
        use = uses[0]._replace(path=folder, kind="directory", identity=None)
        size = sum(one.identity.size for one in uses if one.identity)
        self.write(use, Content(None, size, NOT_YET), n, files=len(uses))
        self._worker.do(Gathering(self, use, uses, n))

    def late(self) -> bool:
        """Whether there is no time left to read anything."""
        return self._worker.late()
