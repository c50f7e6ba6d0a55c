"""Hears from IPython of each execution. Whatever goes wrong in here, the cell of the user never knows."""

from __future__ import annotations

import hashlib
import threading
from typing import Any

from ..runlog import layout
from . import current, interrupts, outcome
from .afterwards import Afterwards
from .cellcode import CellCode, CellCodes
from .executions import Execution
from .observers import Observers
from .recorder import Recorder
from .session import Session

_LARGEST_SOURCE = 64 << 10


class Cells:
    """The two hooks of one shell.

    Executions are paired by the identity of IPython's ``info`` object, because cells nest and, in subshells,
    run on several threads at once.
    """

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._shell = shell
        self._recorder = recorder
        self._observers = Observers(shell, recorder)
        self._afterwards = Afterwards(shell)
        self._open: list[_Open] = []
        self._codes = CellCodes()
        self._n = 0

    def register(self) -> None:
        """Begins to listen."""
        self._shell.events.register("pre_run_cell", self._pre)
        self._shell.events.register("post_run_cell", self._post)
        self._observers.start()
        self._afterwards.start()

    def settle(self) -> None:
        """Has everything written about the executions that have ended."""
        self._afterwards.settle()

    def unregister(self) -> None:
        """Stops listening."""
        self._afterwards.stop()
        for event, hook in (("pre_run_cell", self._pre), ("post_run_cell", self._post)):
            try:
                self._shell.events.unregister(event, hook)
            except ValueError:
                pass
        self._observers.stop()

    def adopt(self) -> None:
        """Takes in the cell that is running: the one that loads the tracker, whose beginning was missed."""
        content = self._parent().get("content") or {}
        source = content.get("code")
        if isinstance(source, str) and source.strip() and not content.get("silent"):
            self._begin(None, source, None)

    def _pre(self, info: Any) -> None:
        interrupts.held(lambda: self._hear(info))

    def _hear(self, info: Any) -> None:
        try:
            if current.in_fork():
                return
            self._afterwards.settle()
            self._recorder.session.hold()
            try:
                self._begin(info, info.raw_cell, getattr(info, "transformed_cell", None))
            finally:
                # All of it is on its way to the disk before the cell runs.
                self._recorder.session.release()
        except BaseException as error:
            self._failed(error)

    def _post(self, result: Any) -> None:
        try:
            if not current.in_fork():
                self._end(result)
        except BaseException as error:
            self._failed(error)

    def _begin(self, info: Any, source: str, transformed: Any) -> None:
        thread = threading.get_ident()
        asked = self._parent()
        metadata = asked.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        request = _text((asked.get("header") or {}).get("msg_id"))
        outer = [one for one in self._open if one.thread == thread]
        while outer and request is not None and outer[-1].request != request:
            # An execution of an earlier request that never told its end: nothing of it can be going on.
            self._close(outer.pop(), outcome.INTERRUPTED, None)
        self._n += 1
        session = self._recorder.session
        clean, withheld = session.redactor.source(source)
        # Of the text as it is written: from the hash of a short secret the secret could be found.
        digest = hashlib.sha256(clean.encode(errors="surrogatepass")).hexdigest()
        parent = outer[-1].execution.n if outer else None
        cell = _text(getattr(info, "cell_id", None))
        if cell is None and parent is None:
            cell = _text(metadata.get("cellId"))
        execution = Execution(self._n, cell, None if outer else cell or digest, parent)
        execution.request = request or ""
        execution.tags = _texts(metadata.get("tags"))
        code = self._codes.of(source, transformed if isinstance(transformed, str) else None)
        self._open.append(_Open(info, code, thread, request, execution))
        self._recorder.cell_started(execution)
        fields: dict[str, Any] = {"n": self._n, "cell": cell, "count": None}
        blob = _blob(session, clean) if len(clean) > _LARGEST_SOURCE else None
        fields |= {"source": clean} if blob is None else {"source_blob": blob}
        fields |= {"sha256": digest, "parent": parent}
        if isinstance(transformed, str) and transformed.rstrip("\n") != source.rstrip("\n"):
            fields["transformed"] = None
            if len(transformed) <= _LARGEST_SOURCE:
                fields["transformed"], more = session.redactor.source(transformed)
                withheld = withheld or more
        if withheld:
            fields["withheld"] = withheld
        execution.begun = session.write("cell_start", **fields)
        self._observers.before(execution, code)

    def _end(self, result: Any) -> None:
        info = getattr(result, "info", None)
        found = next((one for one in reversed(self._open) if one.info is info and info is not None), None)
        if found is None:
            found = self._unpaired(result)
        if found is None:
            return
        found.execution.end()
        ended, count = outcome.of(result, self._shell.user_ns), getattr(result, "execution_count", None)
        if self._open == [found]:
            self._afterwards.do(lambda: self._finish(found, ended, count))
        else:
            # What goes on may change what is to be looked at.
            self._finish(found, ended, count)

    def _finish(self, one: _Open, ended: outcome.Outcome, count: int | None) -> None:
        try:
            if current.in_fork():
                return
            self._recorder.session.hold()
            try:
                self._close(one, ended, count)
            finally:
                self._recorder.session.release()
        except BaseException as error:
            self._failed(error)

    def _unpaired(self, result: Any) -> _Open | None:
        """An end without its beginning: an empty cell, a cell that was adopted, or a run_cell that broke."""
        thread = threading.get_ident()
        mine = [one for one in self._open if one.thread == thread]
        if not mine:
            return None
        if result is None:
            return mine[-1]
        source = getattr(getattr(result, "info", None), "raw_cell", None)
        return mine[-1] if mine[-1].info is None and mine[-1].code.source == source else None

    def _close(self, one: _Open, ended: outcome.Outcome, count: int | None) -> None:
        if one not in self._open:
            return
        self._open.remove(one)
        execution = one.execution
        execution.end()
        self._recorder.upkeep.check()
        fields: dict[str, Any] = {"time": execution.ended, "n": execution.n, "count": count}
        fields["status"] = ended.status
        fields["duration"] = execution.elapsed()
        fields |= execution.used()
        if ended.error is not None:
            fields["error"] = ended.error
        self._recorder.session.write("cell_end", **fields)
        # While it is still the current one, to which what they find out belongs.
        self._observers.after(execution, one.code, ended)
        self._recorder.cell_ended(execution, ended.status)

    def _parent(self) -> dict[str, Any]:
        try:
            parent = self._shell.get_parent()
        except Exception:
            return {}
        return parent if isinstance(parent, dict) else {}

    def _failed(self, error: BaseException) -> None:
        """Notes a fault of the tracker itself in the log, if even that is possible."""
        try:
            kind = type(error).__name__
            self._recorder.session.warn(f"A cell was not recorded in full, because of a {kind} in Backtrail.")
        except BaseException:
            pass


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _blob(session: Session, source: str) -> str | None:
    try:
        return layout.store_blob(session.runs, source.encode(errors="backslashreplace"))
    except OSError:
        return None


class _Open:
    """An execution that has begun: IPython's info object is held, so that its identity stays its own."""

    __slots__ = ("code", "execution", "info", "request", "thread")

    def __init__(
        self, info: Any, code: CellCode, thread: int, request: str | None, execution: Execution
    ) -> None:
        self.info = info
        self.code = code
        self.thread = thread
        self.request = request
        self.execution = execution
