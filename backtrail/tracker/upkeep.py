"""Keeps the files of a session as they should be: there, counted, summed up, and on the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .run import Run
from .session import Session

if TYPE_CHECKING:
    from .summaries import Summaries

# Jobs whose loss loses nothing: what they make can be made from the log.
_DERIVED = frozenset({"cell", "close", "reread", "summaries", "sync"})

LAST_WAIT = 1.8
"""Seconds for what is left when a session ends. After 2.5 s a kernel is ended by force."""

_LEAST_WAIT = 0.4


class Upkeep:
    """What is done about the files of ``session`` beside writing events, most of it away from the cells.

    ``lock`` guards the runs: those that are open, ``stack``, and ended ones whose file still is, ``retired``.
    """

    def __init__(
        self, session: Session, lock: threading.RLock, stack: Sequence[Run], retired: Sequence[Run]
    ) -> None:
        self._session = session
        self._lock = lock
        self._stack = stack
        self._retired = retired
        self._touched: dict[str, Run] = {}
        """The runs whose summary is to be written."""
        self._summaries: Summaries | None = None
        self._renewed = 0
        self._checked = 0.0

    def touch(self, run: Run) -> None:
        """Something was recorded of a run: its summary is to be written again."""
        self._touched[run.id] = run

    def check(self, recent: float = 0.0) -> None:
        """Makes sure, once before and once after an execution, that the files are still there and ours.

        Where that was done less than ``recent`` seconds ago, only that the log has not been deleted since.
        """
        now = time.monotonic()
        if now - self._checked < recent and self._session.log.intact():
            return
        self._checked = now
        if self._session.check():
            for run in [*self._stack, *self._retired]:
                run.move(self._session.folder)
        if self._session.log.renewed > self._renewed:
            self._renewed = self._session.log.renewed
            self._summaries = None
        for run in self._stack:
            if run.points.check():
                self.reread_soon(run)

    def first_record(self, run: Run) -> None:
        """Makes the folder of a run that had recorded nothing."""
        if not run.recorded:
            run.recorded = True
            try:
                run.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                self._session.warn(f"The folder of run {run.name} could not be made: {error.strerror}.")
            # At once, so that a kernel that is killed soon leaves a summary with the run's number.
            self.touch(run)
            self.summarize_soon()

    def after_cell(self, status: str) -> None:
        """An execution has ended like that."""
        for run in self._stack:
            if status == "interrupted":
                self.reread_soon(run)
            self.touch(run)
        self._session.background.do("cell", self._summarize)
        # The system has what was written; while it waits for the disk, it may keep the next line waiting.
        self._session.background.do("sync", self._sync, patient=True)

    def summarize_soon(self) -> None:
        """Has the summaries of the touched runs written, away from the cells."""
        self._session.background.do("summaries", self._summarize)

    def reread_soon(self, run: Run) -> None:
        """Has the points of a run counted again from its file, away from the cells."""

        def reread() -> None:
            run.points.reread()
            with self._lock:
                # A summary may have been written since it was asked for.
                self.touch(run)

        self._session.background.do(f"reread {run.id}", reread)

    def finish(self, spent: float) -> None:
        """Does what is left, ``spent`` seconds after the session began to end. The lock must be free."""
        left = self._session.background.finish(max(_LEAST_WAIT, LAST_WAIT - spent))
        if left:
            # On a busy machine what may be missed is missed, and said; a summary is to be true.
            for name, job in left.items():
                if name.startswith("reread "):
                    job()
            if any(name.partition(" ")[0] not in _DERIVED for name in left):
                self._session.warn("The kernel ended before everything about its last cells was recorded.")
            self._summarize()

    def _summarize(self) -> None:
        # Here and not above, so that to attach does not take the time of this import.
        from .summaries import Summaries  # noqa: PLC0415

        with self._lock:
            touched, self._touched = self._touched, {}
            self._summaries = summaries = self._summaries or Summaries(self._session)
        summaries.write(touched.values())

    def _sync(self) -> None:
        self._session.log.sync()
        for run in [*self._stack, *self._retired]:
            if run.points.log is not None:
                run.points.log.sync()
