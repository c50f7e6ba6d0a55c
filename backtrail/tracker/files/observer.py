"""Hears of every execution, and tells which files it read and wrote."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from typing import Any

from ..cellcode import CellCode
from ..executions import Execution
from ..outcome import Outcome
from ..recorder import Recorder
from ..run import Run
from . import audit, identity
from .contents import Content, Contents
from .door import Door
from .hearing import Hearing
from .identity import Identity
from .mentions import mentions
from .mounts import Mounts
from .noise import Noise
from .paths import working_directory
from .report import Report
from .searching import Search
from .settling import Use, settle
from .touches import Touch, Touches

# More than this are looked at away from the cell.
_MOST_AT_ONCE = 48

# Files that were written and may be open still: their changes are no events.
_MOST_WATCHED = 32
_LONGEST_QUIET = 20

LAST_WAIT = 1.2
"""Seconds for files that are left to be read when a session ends."""


class Files:
    """The files of one session; ``shell`` is IPython's, whose namespace is only read."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._shell = shell
        self._recorder = recorder
        self._mounts = Mounts()
        self._contents = Contents()
        self._report = Report(recorder, self._contents, self._mounts.remote)
        self._hearing = Hearing(
            recorder, Noise(_own(recorder)), self._report, self._contents.of, self._mounts.remote
        )
        self._lock = threading.Lock()
        self._watched: OrderedDict[str, _Watched] = OrderedDict()

    def start(self) -> None:
        """Begins to listen to what the process does."""
        audit.listen(self._hearing.listeners())
        self._recorder.files = Door(self._hearing)

    def stop(self) -> None:
        """Stops listening, and waits a moment for what is being hashed."""
        audit.ignore()
        self._recorder.files = None
        self._between()
        for touches in list(self._hearing.open.values()):
            self._settle(touches)
        self._hearing.open.clear()
        self._report.finish(LAST_WAIT)

    def before(self, execution: Execution, code: CellCode) -> None:
        """An execution is about to begin."""
        self._between()
        self._look_again(None)
        self._hearing.open[execution.n] = Touches(execution.n, time.time_ns(), working_directory())

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """An execution has ended."""
        touches = self._hearing.open.pop(execution.n, None)
        if touches is None:
            return
        self._look_again(touches)
        search = Search(touches, time.time_ns(), self._hearing.whole, self._known)
        far = self._search(search, code)
        self._settle(touches)
        beside = [folder for _, folder, _ in touches.commands if folder is not None]
        if far or beside or search.folders or touches.listed:
            self._report.do(_Searching(self, search, touches, far, beside))

    def _search(self, search: Search, code: CellCode) -> list[str]:
        """Looks at the paths that the cell has; gives those that are to be looked at later."""
        near, far = [], []
        for mention in mentions(code.trees, self._shell.user_ns):
            path = self._hearing.whole(mention.text) if self._mounts.any_remote else None
            if path is not None and self._mounts.remote(path):
                far.append(path)
            else:
                near.append(mention)
        search.made()
        search.commands()
        return [*search.mentioned(near), *far]

    def _known(self, path: str) -> Identity | None:
        watched = self._watched.get(path)
        return watched.identity if watched else None

    def _between(self) -> None:
        """Takes what threads, timers and widgets did since the last execution."""
        touches = self._hearing.between
        if touches.files or touches.urls:
            self._hearing.between = Touches(None, time.time_ns(), None)
            self._settle(touches)

    def _settle(self, touches: Touches) -> None:
        if touches.left_out:
            self._recorder.session.warn(
                f"Execution {touches.n} used {touches.left_out} more files than are recorded of one.",
                touches.n,
            )
        for url, run in touches.urls.items():
            self._report.tell_fetched(url, run or self.run_of(touches), touches.n)
        if not touches.files:
            return
        job = _Settling(self, touches, self.run_of(touches))
        if len(touches.files) > _MOST_AT_ONCE or any(self._mounts.remote(path) for _, path in touches.files):
            self._report.do(job)
        else:
            job.run()

    def tell(self, touches: Touches, run: Run | None) -> None:
        """Writes down what an execution did; ``run`` is that of what was done while none was open."""
        uses: list[Use] = []
        for use in settle(list(touches.files.values()), self._watch):
            uses.append(use if use.run is not None else use._replace(run=run))
        working = touches.folder or working_directory() or os.sep
        self._report.tell(uses, touches.n, working)
        for folder, (how, inside) in touches.whole_folders.items():
            among = [Use("input", path, run, how, "file", now) for path, now in inside]
            self._report.tell_folder(folder, among, touches.n)
        for folder, how in touches.too_large.items():
            use = Use("input", folder, run, how, "directory", None)
            self._report.write(use, Content(None, None, "it holds too much to be hashed"), touches.n)

    def run_of(self, touches: Touches) -> Run | None:
        """The run of what happened while none was open: the present one, or the last of this execution."""
        recorder = self._recorder
        if recorder.stack:
            return recorder.stack[-1]
        last = recorder.retired[-1] if recorder.retired else None
        return last if last is not None and last.last_cell == touches.n is not None else None

    def _watch(self, touch: Touch, now: Identity) -> None:
        if not self._mounts.remote(touch.path):
            with self._lock:
                self._watched[touch.path] = _Watched(now, touch.how, touch.kind)
                self._watched.move_to_end(touch.path)
                if len(self._watched) > _MOST_WATCHED:
                    self._watched.popitem(last=False)

    def _look_again(self, touches: Touches | None) -> None:
        """Finds files that an execution left open and a later one changed: no event tells of that.

        Without ``touches`` it only learns how they are: what somebody else changed is no output.
        """
        with self._lock:
            known = list(self._watched.items())
        for path, watched in known:
            now = identity.look(path).identity
            watched.quiet += touches is not None
            if now is None or watched.quiet > _LONGEST_QUIET:
                self._watched.pop(path, None)
            elif not now.same(watched.identity):
                before, watched.identity, watched.quiet = watched.identity, now, 0
                stack = self._recorder.stack
                run = stack[-1] if stack else None
                if touches is not None and touches.at(path, run) is None:
                    touch = touches.add(path, run, identity.Sight("file", before), watched.how)
                    if touch is not None:
                        touch.wrote, touch.kind = True, watched.kind


class _Watched:
    """A file that was written; ``quiet`` is for how many executions it has not changed."""

    __slots__ = ("how", "identity", "kind", "quiet")

    def __init__(self, now: Identity, how: str, kind: str) -> None:
        self.identity = now
        self.how = how
        self.kind = kind
        self.quiet = 0


class _Settling:
    """Looks at files of which there are too many, or that are too far away, to do it within the cell."""

    def __init__(self, files: Files, touches: Touches, run: Run | None) -> None:
        self._files = files
        self._touches = touches
        self._run = run

    def run(self) -> None:
        self._files.tell(self._touches, self._run)

    def give_up(self, why: str) -> None:
        self._files.tell(self._touches, self._run)


class _Searching:
    """Looks into folders."""

    def __init__(
        self, files: Files, search: Search, touches: Touches, far: list[str], beside: list[str]
    ) -> None:
        self._files = files
        self._search = search
        self._touches = touches
        self._far = far
        self._beside = beside
        self._run = files.run_of(touches)
        self._listed = touches.listed

    def run(self) -> None:
        found = self._search.later()
        self._search.look_at(self._far)
        self._search.left_by_children(self._beside)
        self._search.inside(self._listed, self._touches.folder or os.sep)
        self._files.tell(found, self._run)

    def give_up(self, why: str) -> None:
        """What was not looked for is not known of."""


def _own(recorder: Recorder) -> list[str]:
    session = recorder.session
    return [str(session.folder), str(session.runs / "blobs")]
