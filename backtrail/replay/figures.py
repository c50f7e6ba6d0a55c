"""Figures of matplotlib, shown where a notebook shows them: by ``show``, and at the end of a cell."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Sequence
from typing import Any

from ..tracker.importhook import ImportHook

Bundle = dict[str, Any]

_FORMATS = {"png": ("image/png", 1), "retina": ("image/png", 2), "png2x": ("image/png", 2)} | {
    "svg": ("image/svg+xml", 1),
    "jpg": ("image/jpeg", 1),
    "jpeg": ("image/jpeg", 1),
}
"""By the names of the inline backend: the type, and by how much the resolution is greater."""


class Figures:
    """The figures of pyplot in this process, and how the notebook had them drawn.

    ``publish`` takes each one that is shown; ``formats`` are those of ``InlineBackend.figure_formats``.
    """

    def __init__(self, publish: Callable[[Any], None], formats: Sequence[str] = ("png",)) -> None:
        self._publish = publish
        self._formats = [one for one in formats if one in _FORMATS]
        self._hook = ImportHook({"matplotlib.pyplot": self._imported})

    def start(self) -> None:
        """From now on ``pyplot.show`` publishes."""
        self._hook.install()

    def stop(self) -> None:
        """Listens for no import any longer."""
        self._hook.remove()

    def flush(self) -> None:
        """Publishes and closes the figures that are open, as the inline backend does after each cell."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return
        try:
            for number in pyplot.get_fignums():
                self._publish(pyplot.figure(number))
        finally:
            pyplot.close("all")

    def pictures(self, value: Any) -> Bundle:
        """A figure as pictures by their types; nothing for any other value, and for an empty figure."""
        figure = getattr(sys.modules.get("matplotlib.figure"), "Figure", None)
        if figure is None or not isinstance(value, figure) or not (value.axes or value.lines):
            return {}
        found: Bundle = {}
        for name in self._formats:
            mime, scale = _FORMATS[name]
            with contextlib.suppress(Exception):
                found[mime] = _drawn(value, mime.partition("/")[2].partition("+")[0], scale)
        return found

    def _imported(self, pyplot: Any) -> None:
        def show(*_: Any, **__: Any) -> None:
            self.flush()

        pyplot.show = show


def _drawn(figure: Any, form: str, scale: int) -> Any:
    file = io.BytesIO()
    figure.canvas.print_figure(
        file,
        format=form,
        dpi=figure.dpi * scale,
        facecolor=figure.get_facecolor(),
        edgecolor=figure.get_edgecolor(),
        bbox_inches="tight",
    )
    return file.getvalue().decode() if form == "svg" else file.getvalue()
