"""Which of the seeds in a cell's source were really set."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from . import streams
from .cellcode import CellCode
from .outcome import Outcome
from .seedcalls import SeedCall, SeedCalls

States = Mapping[str, bytes]


class Seeding:
    """Holds what cells say against what became of the streams.

    ``muted`` gives a context in which what is drawn from the system is not recorded.
    """

    def __init__(self, muted: Callable[[], AbstractContextManager[None]]) -> None:
        self._calls = SeedCalls()
        self._muted = muted
        self.derivable: set[str] = set()
        """The digests of states that the recorded seeds give again."""

    def of(
        self,
        code: CellCode,
        namespace: Mapping[str, Any],
        ended: Outcome,
        before: States,
        after: States,
    ) -> Iterator[SeedCall]:
        """The seeds that an execution set."""
        line = ended.error["line"] if ended.error else None
        for call in self._calls.of(code, namespace, ended.error is None):
            if line is not None and call.line > line:
                # Behind the line that raised.
                continue
            if call.stream is not None:
                if self._was_set(call, call.stream, before, after):
                    yield call
            elif ended.error is None or (line is not None and call.line < line):
                yield call

    def _was_set(self, call: SeedCall, stream: str, before: States, after: States) -> bool:
        """Whether a stream is not as it was, or is what it is right after being seeded so."""
        fresh = self._seeded(call, stream)
        if fresh is not None:
            self.derivable.add(streams.digest(fresh))
        names = [name for name in after if name == stream or name.startswith(f"{stream}:")]
        return any(before.get(name) != after[name] or after[name] == fresh for name in names)

    def _seeded(self, call: SeedCall, stream: str) -> bytes | None:
        """The state right after a seed is set, made aside from the stream itself."""
        if call.value is None:
            return None
        try:
            if stream == "python":
                return streams.python_seeded(call.value)
            if stream == "numpy":
                with self._muted():
                    return streams.numpy_seeded(sys.modules["numpy.random"], call.value)
            return streams.torch_seeded(sys.modules["torch"], call.value) if stream == "torch" else None
        except Exception:
            return None
