"""Digests of what each execution prints and displays, so that a repetition can be compared with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from . import current, pictures
from .printed.stream import Text
from .recorder import Recorder
from .scrub import scrub, without_warnings
from .taps import Tap, Untappable, tap

RULES = 2
"""Which rules digests are made by; only those by the same rules can be compared. 1 was without pictures."""

_LARGEST = 16 << 20
_PIECE = 64 << 10
_MOST_OPEN = 16
# A picture of a widget that names a model of the browser's: it is another one each time.
_PASSING = frozenset(("application/vnd.jupyter.widget-view+json",))

Bundle = dict[str, Any]


class Outputs:
    """What one session shows. Displays are heard of where IPython publishes them, and left as they are."""

    def __init__(self, shell: Any, recorder: Recorder) -> None:
        self._shell = shell
        self._recorder = recorder
        self._taps: list[Tap] = []
        self._open: dict[str, dict[str, _Printed]] = {}
        """What was printed so far, by request and stream."""
        self._displays: list[Bundle] = []

    def start(self) -> None:
        """Begins to listen."""
        publisher: Any = getattr(self._shell, "display_pub", None)
        if hasattr(publisher, "register_hook"):
            publisher.register_hook(self._published)
        hook: Any = type(getattr(self._shell, "displayhook", None))
        try:
            self._taps.append(tap(hook.write_format_data, called=self._result))
        except (AttributeError, Untappable):
            self._recorder.session.warn(
                "The results of cells are not compared: this IPython shows them in its own way."
            )

    def stop(self) -> None:
        """Stops listening."""
        for one in self._taps:
            one.remove()
        self._taps.clear()
        publisher: Any = getattr(self._shell, "display_pub", None)
        if hasattr(publisher, "unregister_hook"):
            publisher.unregister_hook(self._published)

    def begin(self) -> None:
        """Another execution begins: what is displayed from now on is its own."""
        self._displays = []

    def open(self, request: str) -> None:
        """All that was printed before an execution has been taken; what comes now is its own."""
        self._open.pop(request, None)
        self._open[request] = {}
        while len(self._open) > _MOST_OPEN:
            del self._open[next(iter(self._open))]

    def printed(self, one: Text) -> None:
        """Takes a text that was printed; where it is not known for which request, for the last one."""
        request = one.request or next(reversed(self._open), "")
        if request not in self._open:
            return
        printed = self._open[request].setdefault(one.stream, _Printed())
        printed.size += len(one.text)
        if printed.size <= _LARGEST:
            printed.parts.append(one.text)

    def shown(self) -> list[Bundle]:
        """The displays of the execution that has just ended."""
        shown, self._displays = self._displays, []
        return shown

    def finish(self, n: int, request: str, displays: list[Bundle]) -> None:
        """All that execution ``n`` printed has been taken: has its digests written, away from the cells."""
        texts = self._open.pop(request, {})
        if texts or displays:
            job = _Digests(n, texts, displays, self._recorder.session.write)
            self._recorder.session.background.do(f"outputs {n}", job.write)

    def _published(self, message: Any) -> Any:
        try:
            if not current.in_fork():
                if message["msg_type"] == "clear_output":
                    self._displays.clear()
                elif message["msg_type"] == "display_data":
                    self._displays.append(message["content"]["data"])
        except BaseException:
            pass
        return message

    def _result(self, arguments: Any) -> None:
        data = arguments.get("format_dict")
        if type(data) is dict:
            self._displays.append(data)


class _Printed:
    """What one stream was given in one execution."""

    __slots__ = ("parts", "size")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0


class _Digests:
    """One event to be written: texts are digested as they read without what differs each time."""

    def __init__(
        self,
        n: int,
        texts: dict[str, _Printed],
        displays: list[Bundle],
        write: Callable[..., object],
    ) -> None:
        self._n = n
        self._texts = texts
        self._displays = displays
        self._write = write

    def write(self) -> None:
        """Computes the digests and writes the event."""
        streams = {
            name: {"size": printed.size, "sha256": _digest_of(name, "".join(printed.parts))}
            for name, printed in self._texts.items()
        }
        displays = [{"mimes": _mimes(bundle)} for bundle in self._displays]
        self._write("outputs", n=self._n, rules=RULES, streams=streams, displays=displays)


def _mimes(bundle: Bundle) -> dict[str, str]:
    found: dict[str, str] = {}
    for mime, content in bundle.items():
        if mime in _PASSING:
            continue
        picture = pictures.digest(mime, content)
        if picture is not None:
            found[mime] = picture
        elif isinstance(content, bytes):
            found[mime] = hashlib.sha256(content).hexdigest()
        elif isinstance(content, str):
            found[mime] = _digest(content)
        else:
            found[mime] = _digest(json.dumps(content, sort_keys=True, default=lambda one: type(one).__name__))
    return found


def _digest_of(stream: str, text: str) -> str | None:
    if "\x1b[A" in text:
        # Bars of progress below each other: how often they are drawn is a matter of time.
        return None
    return _digest(without_warnings(text) if stream == "stderr" else text)


def _digest(text: str) -> str:
    """The sha256 of the scrubbed text. In pieces, so that the user's code gets a turn in between."""
    digest = hashlib.sha256()
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            line = text.find("\n", end)
            end = line + 1 if line >= 0 and line - end < _PIECE else end
        digest.update(scrub(text[start:end]).encode(errors="replace"))
        start = end
    return digest.hexdigest()
