"""Standard streams that the tracker can hear of, as it does of a kernel's."""

from __future__ import annotations

import io
import threading
from typing import Any

_MOST = 1 << 16


class OutStream(io.TextIOBase):
    """Passes on what it is given, and holds it as ipykernel's streams do, until it is flushed."""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self.stream = stream
        self._buffer_lock = threading.RLock()
        self._buffer = io.StringIO()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """As the stream below has it."""
        return str(self.stream.encoding)

    @property
    def buffer(self) -> Any:
        """The bytes below, of which the tracker hears nothing."""
        return self.stream.buffer

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, string: str) -> int:
        """Writes a text."""
        with self._buffer_lock:
            self._buffer.write(string)
            if self._buffer.tell() > _MOST:
                self._rotate_buffer()
        return int(self.stream.write(string))

    def flush(self) -> None:
        """Passes on what waits."""
        with self._buffer_lock:
            self._rotate_buffer()
        self.stream.flush()

    def fileno(self) -> int:
        """The descriptor of the stream below."""
        return int(self.stream.fileno())

    def isatty(self) -> bool:
        """A notebook's streams are no terminal."""
        return False

    def _rotate_buffer(self) -> io.StringIO:
        """What was written, which is held no more; the tracker looks at what this returns."""
        held, self._buffer = self._buffer, io.StringIO()
        return held
