"""What a cell shows beside what it prints: results and displays, formatted as IPython does it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

Bundle = dict[str, Any]
Hook = Callable[[dict[str, Any]], Any]


class DisplayHook:
    """Takes the formats of a result; the tracker hears of it by this method's name."""

    def write_format_data(self, format_dict: Bundle, md_dict: Bundle | None = None) -> None:
        """Shows a result as text."""
        _print(format_dict)


class DisplayPublisher:
    """Takes what is displayed; the tracker registers for it."""

    def __init__(self) -> None:
        self._hooks: list[Hook] = []

    def register_hook(self, hook: Hook) -> None:
        """Has ``hook`` called with every message."""
        self._hooks.append(hook)

    def unregister_hook(self, hook: Hook) -> None:
        """Undoes `register_hook`."""
        if hook in self._hooks:
            self._hooks.remove(hook)

    def publish(self, data: Bundle) -> None:
        """Shows a display as text."""
        for hook in self._hooks:
            hook({"msg_type": "display_data", "content": {"data": data}})
        _print(data)


def formats(value: Any) -> Bundle:
    """The forms of a value by their MIME types: IPython's, where it is installed, else its ``repr`` alone."""
    global _format
    if _format is None:
        _format = _formatter()
    return _format(value)


_format: Callable[[Any], Bundle] | None = None


def _formatter() -> Callable[[Any], Bundle]:
    try:
        from IPython.core.formatters import DisplayFormatter  # noqa: PLC0415

        formatter: Any = DisplayFormatter()
        return lambda value: dict(formatter.format(value)[0])
    except Exception:
        return lambda value: {"text/plain": repr(value)}


def _print(data: Bundle) -> None:
    # Not through `sys.stdout`, of which the tracker hears: a notebook's results are no prints.
    stream = getattr(sys.stdout, "stream", sys.stdout)
    stream.write(f"{data.get('text/plain', '')}\n")
    stream.flush()
