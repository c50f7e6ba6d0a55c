"""What a notebook logs to MLflow."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from . import FRAMEWORKS

_GROUP = "mlflow"


class MLflow(Adapter):
    """Hears of the functions that notebooks call."""

    origin = "mlflow"
    library = "mlflow"
    what = "calls of it"

    def attend(self, name: str, module: ModuleType) -> None:
        """``mlflow.tracking.fluent`` has been imported."""
        for function, listener in (
            ("log_metric", self._metric),
            ("log_metrics", self._metrics),
            ("log_param", self._param),
            ("log_params", self._params),
        ):
            self.hear(need(module, function), called=listener, outermost=_GROUP)

    def _metric(self, given: Mapping[str, Any]) -> None:
        self._metrics({"metrics": {given["key"]: given["value"]}, "step": given.get("step")})

    def _metrics(self, given: Mapping[str, Any]) -> None:
        if self.callers.caller() not in FRAMEWORKS:
            self.metrics({str(key): value for key, value in given["metrics"].items()}, given.get("step"))

    def _param(self, given: Mapping[str, Any]) -> None:
        self._params({"params": {given["key"]: given["value"]}})

    def _params(self, given: Mapping[str, Any]) -> None:
        self.settings("", given["params"])
