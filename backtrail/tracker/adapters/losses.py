"""The losses from which gradients are taken, one point for each, for notebooks that show no loss."""

from __future__ import annotations

import linecache
import re
import time
from collections.abc import Mapping
from types import CodeType, ModuleType
from typing import Any

from ..executions import Execution
from ..taps import present
from .adapter import Adapter, need

_MOST = 2000
_LIVE_AFTER = 5.0
_SHOWS = re.compile(
    r"print|\blog|append|display|tqdm|write|update|postfix|track|record|report|plot|\+=", re.I
)
_SHOWN = re.compile(r"loss|cost|nll|elbo|perplexity", re.I)
_NAMED = re.compile(r"([A-Za-z_]\w*)(?:\.(?:mean|sum)\(\))?\.backward\(")
_GIVEN = re.compile(r"(?:backward|scale|gradient)\(\s*([A-Za-z_]\w*)\s*[,)]")
_MADE = re.compile(r"([A-Za-z_]\w*)\((?:[^()]|\([^()]*\))*\)\s*$")
_FRAMEWORKS = frozenset({"keras", "lightning", "pytorch_lightning", "transformers", "fastai", "torch", "trl"})


class _Series:
    """Points of one loss; when there are too many, every second one is left out."""

    def __init__(self) -> None:
        self.count = 0
        self.stride = 1
        self.points: list[tuple[int, Any]] = []

    def skips(self) -> bool:
        """Whether the next point is one to be left out; it is counted then."""
        skipped = self.count % self.stride != 0
        self.count += skipped
        return skipped

    def add(self, loss: Any) -> None:
        """Takes the next point."""
        self.points.append((self.count, loss))
        self.count += 1
        if len(self.points) > _MOST:
            self.stride *= 2
            self.points = [point for point in self.points if point[0] % self.stride == 0]


class Losses(Adapter):
    """Keeps the losses of the backward passes of a cell, and writes them when the cell has shown none itself.

    A value on an accelerator is read at the end of the cell, so that no pass waits for it.
    """

    origin = "backward"
    what = "losses"

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._series: dict[tuple[str, str], _Series] = {}
        self._places: dict[tuple[int, int], tuple[CodeType, str | None]] = {}
        self._written = time.monotonic()

    def keeps(self) -> _Series | None:
        """Where a loss goes of which a gradient is about to be taken; None when it is not wanted."""
        frame = present()
        caller = frame.f_back if frame is not None else None
        if caller is None:
            return None
        place = (id(caller.f_code), caller.f_lasti)
        known = self._places.get(place)
        if known is None:
            # The code is held, so that its identity stays its own.
            known = self._places[place] = (caller.f_code, self._name())
        stack = self.recorder.stack
        if known[1] is None:
            return None
        key = (stack[-1].id if stack else self.recorder.run_of_cell().id, f"{known[1]}/backward")
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = _Series()
            self._written = time.monotonic()
        if series.skips():
            return None
        return series

    def keep(self, series: _Series, loss: Any) -> None:
        """Keeps a loss, a number or a scalar that is read later."""
        series.add(loss)
        if series.count == 2:
            # What the loop leaves in the variable is the last of it.
            self.recorder.sightings.expect(next(key for key, one in self._series.items() if one is series)[1])
        if time.monotonic() - self._written > _LIVE_AFTER:
            if isinstance(loss, float) and self._silent():
                self._write(live=True)
            self._written = time.monotonic()

    def settle(self, execution: Execution) -> None:
        """Writes what was kept."""
        if self._series and execution.parent is None:
            self._write(live=False)
        if execution.parent is None:
            self._places.clear()

    def read(self, loss: Any) -> float | None:
        """The number that ``loss`` is, waiting for it where needed."""
        raise NotImplementedError

    def _write(self, live: bool) -> None:
        self._written = time.monotonic()
        with self.recorder.lock:
            if not live:
                # What was seen of metrics in other ways, and held back to be compared, is written now.
                self.recorder.sightings.settle()
            run = self.recorder.run_of_cell()
            known = run.points.summary().by_key.items()
            points = [one.count for key, one in known if self._tells_loss(key, run.metric_origins.get(key))]
        # The last value of a variable tells less than the series does.
        shown = max(points, default=0) > min(1, max(one.count for one in self._series.values()) - 1)
        for (identity, key), series in list(self._series.items()):
            if not shown and identity == run.id:
                for step, loss in series.points:
                    self.metrics({key: loss if isinstance(loss, float) else self.read(loss)}, step)
                if series.stride > 1:
                    self.recorder.session.warn(
                        f"Of {key} one in {series.stride} points is kept; of a logged metric, all are."
                    )
            series.points.clear()
        if shown:
            self._series.clear()

    def _silent(self) -> bool:
        """Whether neither the cell nor the code that takes the gradients can show a metric later on."""
        site = self.callers.site()
        execution = self.recorder.executions.current()
        if site is None or execution is None:
            return False
        begun = str(execution.begun.get("source", "print"))
        return not any(_SHOWS.search(text) for text in (begun, *linecache.getlines(site.file)))

    def _tells_loss(self, key: str, origin: str | None) -> bool:
        return origin != self.origin and _SHOWN.search(key) is not None

    def _name(self) -> str | None:
        """What the notebook calls the loss; None when it is no plain name, as a loss that is scaled first."""
        if self.switched_off() or self.callers.caller() in _FRAMEWORKS:
            return None
        site, frame = self.callers.site(), present()
        if site is None or frame is None:
            return None
        # What was scaled was heard of before it was.
        scaled = frame.f_code.co_name == "backward" and "scale" in site.text
        return None if scaled else name_of(site.text)


def name_of(text: str) -> str | None:
    """What a line of code calls the loss that it takes gradients of; None when that one is scaled first."""
    found = _GIVEN.search(text) or _NAMED.search(text)
    if found is not None:
        return found.group(1)
    before = text.partition(".backward(")[0]
    made = _MADE.search(before)
    if made is not None and made.group(1) not in ("scale", "mean", "sum"):
        return made.group(1)
    return None if any(sign in before for sign in "/*+") or "scale" in before else "loss"


class TorchLosses(Losses):
    """Of PyTorch."""

    library = "torch"

    def attend(self, name: str, module: ModuleType) -> None:
        """``torch`` or its scaler of losses has been imported."""
        if name == "torch":
            self._tensor = need(module, "Tensor")
            self.hear(self._tensor.backward, called=self._backward)
        else:
            self.hear(need(module, "GradScaler.scale"), called=self._scaling)

    def read(self, loss: Any) -> float | None:
        """The number of a tensor."""
        return float(loss.item())

    def _backward(self, given: Mapping[str, Any]) -> None:
        if given.get("gradient") is None:
            self._keep(given["self"])

    def _scaling(self, given: Mapping[str, Any]) -> None:
        self._keep(given["outputs"])

    def _keep(self, loss: Any) -> None:
        if type(loss) is self._tensor and loss.dim() == 0:
            series = self.keeps()
            if series is not None:
                loss = loss.detach()
                self.keep(series, float(loss.item()) if loss.device.type == "cpu" else loss.clone())


class TapeLosses(Losses):
    """Of TensorFlow's gradient tapes, outside of functions that are compiled."""

    library = "tensorflow"

    def attend(self, name: str, module: ModuleType) -> None:
        """TensorFlow's tapes have been imported."""
        self.hear(need(module, "GradientTape.gradient"), called=self._gradient)

    def read(self, loss: Any) -> float | None:
        """The number of a tensor."""
        return float(loss.numpy())

    def _gradient(self, given: Mapping[str, Any]) -> None:
        loss = given["target"]
        if type(loss).__name__ == "EagerTensor" and loss.shape.rank == 0:
            series = self.keeps()
            if series is not None:
                self.keep(series, self.read(loss) if "CPU" in loss.device else loss)
