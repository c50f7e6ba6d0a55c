"""Which executions drew random numbers, and what it takes to draw the same ones again.

Streams are looked at before and after each execution, and as soon as their library is imported. They are
never advanced or seeded.
"""

from __future__ import annotations

import sys
import threading
import time
from types import ModuleType
from typing import Any

from ..runlog import layout
from . import current, generators, streams
from .cellcode import CellCode
from .entropy import Entropy
from .executions import Execution
from .importhook import ImportHook
from .namespace import Snapshot
from .outcome import Outcome
from .recorder import Recorder
from .seeding import Seeding
from .streamset import LIBRARIES, StreamSet


class Randomness:
    """The random numbers of one session; ``shell`` is IPython's, whose namespace is only read."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._shell = shell
        self._recorder = recorder
        self._session = recorder.session
        self._names = recorder.namespace(shell.user_ns)
        self._lock = threading.RLock()
        self._streams = StreamSet(self._found, self._session.warn)
        self._states: dict[str, bytes] = {}
        """The streams as they were seen last."""
        self._open: dict[int, _Open] = {}
        self._kept: set[str] = set()
        self._entropy = Entropy(
            self._where,
            self._write_entropy,
            lambda flush: self._session.background.do("entropy", flush),
            self._session.warn,
        )
        self._seeding = Seeding(self._entropy.muted)
        self._hook = ImportHook(
            {
                module: lambda loaded, name=library: self._imported(name, loaded)  # type: ignore[misc]
                for library, module in LIBRARIES.items()
            }
        )

    def start(self) -> None:
        """Keeps the states that the session begins with, and waits for libraries to be imported."""
        with self._lock:
            self._states = self._streams.read()
            for name, state in self._states.items():
                self._keep(0, name, "start", state)
            self._hook.install()

    def stop(self) -> None:
        """Takes out everything that was put in place."""
        self._hook.remove()
        self._entropy.stop()

    def before(self, execution: Execution, code: CellCode) -> None:
        """An execution is about to begin."""
        with self._lock:
            states = self._streams.read()
            if not self._open:
                for name, state in states.items():
                    if self._states.get(name) != state:
                        self._keep(execution.n, name, "before", state)
            others = [one for one in self._open.values() if one.thread != execution.thread]
            for one in others:
                one.concurrent = True
            self._states = states
            bound = self._generators(self._names.at(execution.n, False))
            self._open[execution.n] = _Open(execution.thread, states, bound, bool(others))

    def after(self, execution: Execution, code: CellCode, ended: Outcome) -> None:
        """An execution has ended."""
        with self._lock:
            self._entropy.flush()
            opened = self._open.pop(execution.n, None)
            if opened is None:
                return
            n, before = execution.n, opened.states
            after = self._states = self._streams.read()
            self._meet(n, before, after)
            for call in self._seeding.of(code, self._shell.user_ns, ended, before, after):
                if call.value is not None:
                    self._recorder.seed(call.library, call.value, n, since=opened.time)
                elif call.stream not in (None, "numpy"):
                    # The system gave the seed, and only the state tells which. numpy's is in the entropy.
                    self._keep(n, call.library, "after", after[call.library])
            changed = [name for name, state in after.items() if before.get(name) != state]
            bound = generators.changes(opened.generators, self._generators(self._names.at(n, True)))
            if changed or bound:
                digests = {name: _digests(before.get(name), after[name]) for name in changed}
                flag = {"concurrent": True} if opened.concurrent else {}
                self._session.write("random", n=n, streams=digests, generators=bound, **flag)
            known = self._kept | self._seeding.derivable
            for name in changed:
                # Not needed to repeat all of the session, but to begin in its middle.
                if name in before and streams.digest(before[name]) not in known:
                    self._keep(n, name, "before", before[name], later=True)

    def _found(self, library: str, module: Any) -> None:
        if library == "numpy":
            self._entropy.listen(getattr(module, "bit_generator", None))

    def _imported(self, library: str, module: ModuleType) -> None:
        """A library was executed just now: nothing can have been drawn from its stream."""
        if current.in_fork():
            return
        with self._lock:
            state = self._streams.add(library, module, anew=True)
            if state is not None:
                self._states[library] = state
                for one in self._open.values():
                    one.states.setdefault(library, state)
                self._keep(self._where(), library, "import", state)

    def _meet(self, n: int, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """Streams that are seen for the first time when an execution ends."""
        for name, state in after.items():
            if name in before:
                continue
            if name.startswith("torch.cuda:"):
                # The stream of a GPU tells what it began with.
                before[name] = streams.cuda_first(state)
                self._keep(n, name, "import", before[name])
            else:
                self._keep(n, name, "after", state)

    def _keep(self, n: int, stream: str, at: str, state: bytes, later: bool = False) -> None:
        """Keeps a whole state and then says so; in the background what is not needed at once."""
        name = streams.digest(state)
        self._kept.add(name)

        def keep() -> None:
            try:
                layout.store_blob(self._session.runs, streams.text_of(state))
            except OSError as error:
                self._kept.discard(name)
                self._session.warn(f"The states of random numbers could not be kept: {error.strerror}.")
            else:
                self._session.write("random_state", n=n, stream=stream, at=at, state=name)

        if later:
            self._session.background.do(f"random state {n} {stream}", keep)
        else:
            keep()

    def _generators(self, names: Snapshot) -> dict[str, generators.Bound]:
        module = sys.modules.get("numpy.random") if "numpy" in self._streams else None
        try:
            return generators.find(self._shell.user_ns, names, module) if module is not None else {}
        except Exception as error:
            self._session.warn(f"The generators of a cell could not be read ({type(error).__name__}).")
            return {}

    def _where(self) -> int:
        return self._recorder.current_cell() or 0

    def _write_entropy(self, n: int, values: list[int]) -> None:
        self._session.write("entropy", n=n, values=[format(value, "x") for value in values])


class _Open:
    """How things were when an execution began."""

    __slots__ = ("concurrent", "generators", "states", "thread", "time")

    def __init__(
        self, thread: int, states: dict[str, bytes], bound: dict[str, generators.Bound], concurrent: bool
    ) -> None:
        self.thread = thread
        self.states = dict(states)
        self.generators = bound
        self.concurrent = concurrent
        """Whether another execution ran at the same time, so that it is not known which of them drew."""
        self.time = time.time()


def _digests(before: bytes | None, after: bytes) -> dict[str, str | None]:
    return {"before": None if before is None else streams.digest(before), "after": streams.digest(after)}
