"""The losses from which gradients are taken, one point for each, for notebooks that show no loss."""

from __future__ import annotations

import linecache
import re
import time
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..executions import Execution
from .adapter import Adapter, need
from .callers import Site

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

    def add(self, loss: Any) -> None:
        if self.count % self.stride == 0:
            self.points.append((self.count, loss))
            if len(self.points) > _MOST:
                self.stride *= 2
                self.points = [point for point in self.points if point[0] % self.stride == 0]
        self.count += 1


class Losses(Adapter):
    """Keeps the losses of the backward passes of a cell, and writes them when the cell has shown none itself.

    A value on an accelerator is read at the end of the cell, so that no pass waits for it.
    """

    origin = "backward"
    what = "losses"

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._series: dict[tuple[str, str], _Series] = {}
        self._names: dict[Site, str | None] = {}
        self._written = time.monotonic()

    def keep(self, loss: Any) -> None:
        """A gradient is about to be taken of ``loss``, a number or a scalar that is read later."""
        name = self._name()
        if name is None or self.switched_off():
            return
        key = (self.recorder.run_of_cell().id, f"{name}/backward")
        if not self._series:
            self._written = time.monotonic()
        self._series.setdefault(key, _Series()).add(loss)
        if time.monotonic() - self._written > _LIVE_AFTER and isinstance(loss, float) and self._silent():
            self._write(live=True)

    def settle(self, execution: Execution) -> None:
        """Writes what was kept."""
        if self._series and execution.parent is None:
            self._write(live=False)
            self._names.clear()

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
        if self.callers.caller() in _FRAMEWORKS:
            return None
        site = self.callers.site()
        if site is None:
            return None
        if site not in self._names:
            self._names[site] = name_of(site.text)
        return self._names[site]


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
        site = self.callers.site()
        # What was scaled was heard of before.
        if given.get("gradient") is None and (site is None or "scale(" not in site.text):
            self._keep(given["self"])

    def _scaling(self, given: Mapping[str, Any]) -> None:
        self._keep(given["outputs"])

    def _keep(self, loss: Any) -> None:
        if type(loss) is self._tensor and loss.dim() == 0:
            loss = loss.detach()
            self.keep(float(loss.item()) if loss.device.type == "cpu" else loss.clone())


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
            self.keep(self.read(loss) if "CPU" in loss.device else loss)
