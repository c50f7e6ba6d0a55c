"""Standard streams that the tracker can hear of, as it does of a kernel's."""

from __future__ import annotations

import io
from typing import Any


class OutStream(io.TextIOBase):
    """Passes on what it is given. The tracker knows it by its name and module, and listens to ``write``."""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self.stream = stream

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
        return int(self.stream.write(string))

    def flush(self) -> None:
        """Passes on what waits."""
        self.stream.flush()

    def fileno(self) -> int:
        """The descriptor of the stream below."""
        return int(self.stream.fileno())

    def isatty(self) -> bool:
        """A notebook's streams are no terminal."""
        return False
