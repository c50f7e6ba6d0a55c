"""Notes folders that are listed, programs that are started, and what is asked for over the network."""

from __future__ import annotations

from typing import Any, Callable

from ..run import Run
from . import audit
from .paths import text_of, working_directory
from .touches import Touches


class Around:
    """Listeners beside those for files. They are given ways to ask where to note something, and for whom."""

    def __init__(
        self,
        touches: Callable[[], Touches],
        stack: Callable[[], list[Run]],
        whole: Callable[[Any], str | None],
    ) -> None:
        self._touches = touches
        self._stack = stack
        self._whole = whole

    def listeners(self) -> dict[str, audit.Listener]:
        """What to tell `audit`."""
        return {
            "os.listdir": self._listed,
            "os.scandir": self._listed,
            "subprocess.Popen": self._started,
            "os.system": self._shelled,
            "os.exec": self._executed,
            "os.forkpty": self._forked,
            "urllib.Request": self._requested,
            "http.client.send": self._sent,
        }

    def _listed(self, arguments: tuple[Any, ...]) -> None:
        path = self._whole(arguments[0] if arguments[0] is not None else ".")
        if path is None:
            return
        frame = audit.opener()
        if frame is None or audit.imports_or_shows(frame):
            return
        touches, stack = self._touches(), self._stack()
        if path not in touches.listed and touches.has_room(touches.listed):
            touches.listed[path] = stack[-1] if stack else None

    def _started(self, arguments: tuple[Any, ...]) -> None:
        _, words, folder, _ = arguments
        self._command(words, text_of(folder))

    def _shelled(self, arguments: tuple[Any, ...]) -> None:
        self._command(arguments[0], None)

    def _executed(self, arguments: tuple[Any, ...]) -> None:
        # In a child that was forked by hand this is not heard; here it is the end of the kernel.
        self._command(arguments[1], None)

    def _forked(self, arguments: tuple[Any, ...]) -> None:
        # IPython's way to execute a line for the shell, which stands in the cell.
        self._command((), None)

    def _command(self, words: Any, folder: str | None) -> None:
        if audit.opener() is None:
            return
        touches, stack = self._touches(), self._stack()
        if touches.has_room(touches.commands):
            touches.commands.append((words, folder or working_directory(), stack[-1] if stack else None))

    def _requested(self, arguments: tuple[Any, ...]) -> None:
        url, data, _, method = arguments
        if type(url) is str and data is None and method in (None, "GET"):
            self._fetched(url)

    def _sent(self, arguments: tuple[Any, ...]) -> None:
        connection, data = arguments
        if type(data) is not bytes or not data.startswith(b"GET "):
            return
        target = data[4:4096].split(b" ", 1)[0].decode("latin-1")
        known = object.__getattribute__(connection, "__dict__")
        host, port = known.get("host"), known.get("port")
        if type(host) is not str:
            return
        secure = any(kind.__name__ == "HTTPSConnection" for kind in type(connection).__mro__)
        plain = port in (None, 443 if secure else 80)
        if target.startswith("/"):
            target = f"{'https' if secure else 'http'}://{host}{'' if plain else f':{port}'}{target}"
        self._fetched(target)

    def _fetched(self, url: str) -> None:
        if url.startswith("file:") or audit.opener() is None:
            return
        touches, stack = self._touches(), self._stack()
        if url not in touches.urls and touches.has_room(touches.urls):
            touches.urls[url] = stack[-1] if stack else None
