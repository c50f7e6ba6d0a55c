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

    def clear_output(self, wait: bool = False) -> None:
        """Takes back what was displayed; what is printed already stays."""
        for hook in self._hooks:
            hook({"msg_type": "clear_output", "content": {"wait": wait}})

    def publish(self, data: Bundle, *, quiet: bool = False) -> None:
        """Shows a display as text, or nothing where it is ``quiet``."""
        for hook in self._hooks:
            hook({"msg_type": "display_data", "content": {"data": data}})
        if not quiet:
            _print(data)


def displayer(publisher: DisplayPublisher, bundle: Callable[[Any], Bundle]) -> Callable[..., None]:
    """The function ``display`` of a notebook; ``bundle`` gives the forms of a value."""

    def display(*objects: Any, **_: Any) -> None:
        for value in objects:
            publisher.publish(bundle(value))

    return display


def take_over(module: Any, publisher: DisplayPublisher, display: Callable[..., None]) -> None:
    """Has IPython's own functions show values here: without a shell they print them."""
    own = module.display

    def displayed(*objects: Any, **options: Any) -> Any:
        # One that is to be replaced later on, or comes in its forms, is left to IPython.
        if options.get("display_id") is not None or options.get("raw"):
            return own(*objects, **options)
        return display(*objects)

    module.display = displayed
    module.clear_output = publisher.clear_output


def formats(value: Any) -> Bundle:
    """The forms of a value by their MIME types: IPython's, where it is installed.

    Elsewhere its ``repr`` alone, as no type: IPython breaks lines of texts that ``repr`` does not break.
    """
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
        return lambda value: {REPR: repr(value)}


REPR = "text/x-python-repr"


def _print(data: Bundle) -> None:
    # Not through `sys.stdout`, of which the tracker hears: a notebook's results are no prints.
    stream = getattr(sys.stdout, "stream", sys.stdout)
    stream.write(f"{data.get('text/plain', data.get(REPR, ''))}\n")
    stream.flush()
