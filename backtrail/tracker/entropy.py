"""The entropy that numpy's generators draw from the system when nobody gives them a seed."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from . import current

_AT_ONCE = 64
_TOGETHER = 64
_MOST = 100_000

Write = Callable[[int, "list[int]"], None]


class Entropy:
    """Listens to ``numpy.random.bit_generator.randbits``, which every unseeded ``SeedSequence`` calls.

    ``write`` is given the execution, as ``where`` tells it, and what was drawn in it: at once, but of the
    many draws of a loop some together; ``later`` has `flush` called soon. Nothing is drawn that numpy does
    not draw itself.
    """

    def __init__(
        self,
        where: Callable[[], int],
        write: Write,
        later: Callable[[Callable[[], None]], None],
        say: Callable[[str], None],
    ) -> None:
        self._where = where
        self._write = write
        self._later = later
        self._say = say
        self._lock = threading.Lock()
        self._waiting: list[int] = []
        self._n = 0
        self._drawn = 0
        """How often in this execution."""
        self._left = _MOST
        self._muted: int | None = None
        self._heard: Any = None
        self._module: Any = None
        self._original: Any = None
        self._listening: Any = None

    def listen(self, module: Any) -> None:
        """Begins to listen; ``module`` is ``numpy.random.bit_generator``. Never raises."""
        try:
            if getattr(module, "randbits", None) is not self._listening or self._listening is None:
                self._replace(module)
            with self.muted():
                # One that is thrown away, to see whether numpy still asks the name that was replaced.
                heard = module.SeedSequence().entropy == self._heard
        except Exception:
            heard = False
        if not heard:
            self.stop()
            self._say(
                "This version of numpy does not tell what unseeded generators begin with, "
                "so what they drew cannot be repeated: give them a seed."
            )

    @contextmanager
    def muted(self) -> Iterator[None]:
        """What this thread draws in the block is the tracker's own."""
        self._muted = threading.get_ident()
        try:
            yield
        finally:
            self._muted = None

    def flush(self) -> None:
        """Writes what still waits to be written."""
        with self._lock:
            self._flush()

    def stop(self) -> None:
        """Stops listening, unless somebody else has replaced the function meanwhile."""
        module, self._module = self._module, None
        if module is not None and getattr(module, "randbits", None) is self._listening:
            module.randbits = self._original
        self.flush()

    def _replace(self, module: Any) -> None:
        original = module.randbits

        @functools.wraps(original)
        def randbits(*values: Any) -> Any:
            drawn = original(*values)
            try:
                self._note(drawn)
            except KeyboardInterrupt:
                # The user's, who would have met it one step later.
                raise
            except BaseException:
                pass
            return drawn

        module.randbits = randbits
        self._module, self._original, self._listening = module, original, randbits

    def _note(self, drawn: Any) -> None:
        # First, because a lock that was held when the process forked is held for ever in the child.
        if current.in_fork() or self._module is None:
            return
        if self._muted == threading.get_ident():
            self._heard = drawn
            return
        n = self._where()
        with self._lock:
            if self._left <= 0:
                return
            self._left -= 1
            if n != self._n:
                self._flush()
                self._n, self._drawn = n, 0
            self._drawn += 1
            self._waiting.append(int(drawn))
            if self._drawn <= _AT_ONCE or len(self._waiting) >= _TOGETHER:
                self._flush()
            elif len(self._waiting) == 1:
                self._later(self.flush)
            last = self._left == 0
        if last:
            self._say(
                f"Only the first {_MOST} unseeded generators of a session are recorded: "
                "what later ones drew cannot be repeated."
            )

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._write(self._n, waiting)
