"""tqdm: what a bar is given to show beside its progress, in a terminal or as a widget."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..names import numbers, words
from ..printed import pieces
from ..sightings import Rounded
from .adapter import Adapter


class Tqdm(Adapter):
    """Hears of postfixes. The step counts on from one bar of an execution to the next."""

    origin = "tqdm"
    library = "tqdm"
    what = "the numbers beside progress bars"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._cell: int | None = None
        self._bar = 0
        self._before = 0
        self._done = 0
        self._step = -1

    def attend(self, name: str, module: ModuleType) -> None:
        """The module of the bar has been imported."""
        self.hear(module.tqdm.set_postfix, called=self._shown)

    def _shown(self, given: Mapping[str, Any]) -> None:
        bar, said = given["self"], numbers.items(given.get("ordered_dict")) or []
        said = said + (numbers.items(given.get("kwargs")) or [])
        exact: dict[str, float | int] = {}
        texts: dict[str, float | int] = {}
        rounded: dict[str, Rounded] = {}
        for name, value in said:
            key = words.normal(name) if type(name) is str else ""
            if not key or words.is_other(key):
                continue
            number = numbers.scalar(value)
            if number is not None and (words.is_metric(key) or type(number) is float):
                exact[key] = number
            elif type(value) is str and len(value) < 40:
                parts = pieces.split(value)[1]
                if len(parts) == 1:
                    texts[key] = pieces.value(parts[0])
                    rounded[key] = Rounded(pieces.decimals(parts[0]), "%" in value)
        step = self._count(bar)
        if exact:
            self.recorder.captured_metrics(exact, step, self.origin, True)
        if texts:
            self.recorder.captured_metrics(texts, step, self.origin, False, None, rounded)

    def _count(self, bar: Any) -> int:
        """The step: a bar that is iterated over knows late how far it is, so that its postfixes count too."""
        cell = self.recorder.current_cell()
        if cell != self._cell:
            self._cell, self._bar, self._before, self._step = cell, id(bar), 0, -1
        done = bar.n if type(bar.n) is int else 0
        if id(bar) != self._bar or (done == 0 and self._done > 0):
            self._bar, self._before = id(bar), self._step + 1
        self._done = done
        self._step = max(self._before + done, self._step + 1)
        return self._step
