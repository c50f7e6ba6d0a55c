"""Hears of each execution, and writes what it did to the names of the notebook."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from typing import Any

from .. import outcome
from ..cellcode import CellCode
from ..executions import Execution
from ..namespace import NOTHING, Snapshot
from ..recorder import Recorder
from . import running, source, unknown
from .examination import Examination, Moment
from .fingerprint import look
from .fingerprint.clock import clock
from .fingerprint.kinds import identity, library, module
from .flow import CellNames
from .hidden import Hidden, patched
from .names import Displayed, own
from .records import Record, Records, groups
from .values import Values

_AT_START = 0.015
_AT_CELLS = 0.002
"""Seconds for names that were there before the tracker, when it starts and before each cell."""
_SHARE, _LEAST, _MOST = 0.02, 0.005, 0.05
"""Of the time an execution took, what exact looks may take, and its bounds in seconds."""


class Variables:
    """The names of one session; ``shell`` is IPython's, whose namespace is only read."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._shell = shell
        self._session = recorder.session
        self._names = recorder.namespace(shell.user_ns)
        self._options = recorder.options
        self._lock = threading.RLock()
        self._records = Records()
        self._values = Values(self._session)
        self._hidden = Hidden()
        self._displayed = Displayed()
        self._open: dict[int, _Open] = {}
        self._last = NOTHING
        """The names as the last execution left them."""
        self._unmet: set[str] = set()
        """Names that were not looked at yet."""

    def start(self) -> None:
        """Looks at what is there already."""
        with self._lock:
            names = self._names.now()
            self._changed_elsewhere(names)
            self._meet(names, _AT_START)
            self._last = names

    def stop(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._records = Records()
            self._open.clear()

    def before(self, execution: Execution, code: CellCode) -> None:
        """An execution is about to begin."""
        with self._lock:
            names = self._names.at(execution.n, False)
            elsewhere: list[str] = []
            if not self._open:
                elsewhere = self._changed_elsewhere(names)
                self._meet(names, _AT_CELLS)
            others = [one for one in self._open.values() if one.thread != execution.thread]
            for one in others:
                one.concurrent = True
            if not self._open:
                self._hidden.before()
            self._open[execution.n] = _Open(execution.thread, names, bool(others), elsewhere)

    def after(self, execution: Execution, code: CellCode, ended: outcome.Outcome) -> None:
        """An execution has ended."""
        with self._lock:
            opened = self._open.pop(execution.n, None)
            if opened is None:
                return
            namespace = self._shell.user_ns
            before, now = opened.names, self._names.at(execution.n, True)
            cell = code.read(source.read)
            moment = Moment(
                before.identities,
                now.identities,
                now.differing(before),
                before.without(now),
                namespace,
                self._of_ipython(),
            )
            found = Examination(
                moment,
                cell,
                code.trees,
                lambda name: opened.was.get(name) or self._records.get(name),
                self._records,
                min(_MOST, max(_LEAST, _SHARE * execution.elapsed())),
                self._values.secret,
            )
            old = [one for name in cell.loads for one in self._displayed.meant(name, namespace)]
            found.run(ended.status == "finished", old)
            self._write(execution.n, opened, code, cell, ended, found, moment)
            self._keep(found, now.identities)
            self._last = now

    def _write(  # noqa: PLR0917
        self,
        n: int,
        opened: _Open,
        code: CellCode,
        cell: CellNames,
        ended: outcome.Outcome,
        found: Examination,
        moment: Moment,
    ) -> None:
        namespace = moment.namespace
        self._values.full = self._options.word("capture_values", "summaries") != "none"
        fields: dict[str, Any] = {"reads": found.reads}
        shown = self._displayed.note(moment.rebound)
        bound = {name: self._values.of(name, namespace[name], found.looks[name]) for name in found.bound}
        if shown is not None:
            bound[shown] = self._values.bare(namespace[shown])
        fields["bound"] = bound
        fields["changed"] = {
            name: {
                **self._values.of(name, namespace[name], found.looks[name]),
                **({"assumed": True} if name in found.assumed else {}),
            }
            for name in found.changed
        }
        fields["deleted"] = found.deleted
        self._forget(found.deleted)
        fields["shared"] = groups(found.groups_of())
        libraries = self._libraries(found, cell, namespace)
        drawn = any(library(type(namespace.get(name))) == "matplotlib" for name in found.reads)
        hidden_reads, hidden_writes = self._hidden.after(libraries, code.source, drawn)
        patches = patched(found.patches, namespace)
        fields["hidden"] = {
            key: names
            for key, names in (("reads", hidden_reads), ("writes", sorted({*hidden_writes, *patches})))
            if names
        }
        fields["unknown"] = self._unknown(opened, code, cell, ended, found, bool(patches))
        fields = {key: value for key, value in fields.items() if value}
        if opened.concurrent:
            fields["concurrent"] = True
        if fields:
            self._session.write("variables", n=n, **fields)

    def _unknown(  # noqa: PLR0917
        self,
        opened: _Open,
        code: CellCode,
        cell: CellNames,
        ended: outcome.Outcome,
        found: Examination,
        patched_: bool,
    ) -> list[str]:
        reasons = dict.fromkeys(cell.unknown)
        reasons.update(dict.fromkeys(unknown.reasons_of_code(found.builtins, self._shell.user_ns)))
        if not code.trees and code.source.strip() and not (ended.error or {}).get("unparsable"):
            reasons["source that cannot be parsed"] = None
        changed = found.bound or found.changed or found.deleted or patched_
        if ended.status != "finished" and changed:
            reasons["failed after changing state"] = None
        if opened.elsewhere:
            reasons["changed between executions: " + ", ".join(sorted(opened.elsewhere)[:8])] = None
        if running.threads(self._shell.user_ns):
            reasons["thread still running"] = None
        if running.tasks(self._shell.user_ns):
            reasons["task still running"] = None
        return list(reasons)

    def _libraries(self, found: Examination, cell: CellNames, namespace: Mapping[str, Any]) -> set[str]:
        """The libraries that the names a cell used come from."""
        libraries = set(cell.imports)
        for name in {*found.reads, *found.bound}:
            value = namespace.get(name)
            kind = type(value)
            if kind is type(sys):
                own_name = object.__getattribute__(value, "__dict__").get("__name__")
                libraries.add(str(own_name).partition(".")[0])
            else:
                home = value.__module__ if kind is _FUNCTION else module(kind)
                libraries.add(library(kind) if type(home) is not str else home.partition(".")[0])
        return libraries

    # What is known between executions

    def _keep(self, found: Examination, now: Mapping[str, int]) -> None:
        views = found.views()
        for name, one in found.looks.items():
            if name in now and own(name, self._of_ipython(), now[name]):
                record = Record(now[name], one)
                wholes = [whole for part, whole in views if part == name]
                record.parts_of = frozenset(whole for whole in wholes if found.is_partial(whole))
                self._put(name, record)

    def _put(self, name: str, record: Record) -> None:
        self._save(name)
        self._records.put(name, record)

    def _forget(self, names: list[str]) -> None:
        for name in names:
            self._save(name)
            self._records.drop(name)

    def _save(self, name: str) -> None:
        """For executions that go on: how a name was when they began."""
        before = self._records.get(name)
        if before is not None:
            for one in self._open.values():
                one.was.setdefault(name, before)

    def _changed_elsewhere(self, names: Snapshot) -> list[str]:
        """The names that were bound anew while no cell was running, as by widgets and threads."""
        last, now, hidden = self._last, names.identities, self._of_ipython()
        others = [name for name in names.differing(last) if own(name, hidden, now[name])]
        gone = [name for name in last.without(names) if name in self._records]
        found = [name for name in others if name in last.identities]
        for name in (*gone, *found):
            self._records.drop(name)
        self._unmet.update(others)
        return gone + found

    def _meet(self, names: Snapshot, seconds: float) -> None:
        """Looks at names that are not known yet, as far as the time allows."""
        if not self._unmet:
            return
        until = clock() + seconds
        for name in list(self._unmet):
            if clock() > until:
                return
            self._unmet.discard(name)
            value = self._shell.user_ns.get(name)
            if name not in self._records and names.identities.get(name) == identity(value):
                found = look(value, until, self._shell.user_ns, self._values.secret)
                self._records.put(name, Record(identity(value), found))

    def _of_ipython(self) -> Any:
        return getattr(self._shell, "user_ns_hidden", {})


_FUNCTION = type(own)


class _Open:
    """How things were when an execution began."""

    __slots__ = ("concurrent", "elsewhere", "names", "thread", "was")

    def __init__(self, thread: int, names: Snapshot, concurrent: bool, elsewhere: list[str]) -> None:
        self.thread = thread
        self.names = names
        self.concurrent = concurrent
        """Whether another execution ran at the same time, so that it is not known which of them did it."""
        self.elsewhere = elsewhere
        self.was: dict[str, Record] = {}
        """The records that other executions have replaced since."""
