"""statsmodels: how a model is fitted, and the quality of the fit once its summary has been asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .adapter import Adapter, Mismatch
from .arguments import defaults_of, describe, unusual

_GROUP = "statsmodels"
_OF_FIT = re.compile(r"fit(?:\[\d+\])?\.")
_MODEL = (
    "formula",
    "family",
    "order",
    "seasonal_order",
    "trend",
    "seasonal",
    "error",
    "damped_trend",
    "seasonal_periods",
)
_NO_SETTINGS = frozenset(
    {"self", "start_params", "disp", "callback", "full_output", "retall", "method_kwargs"}
)
# What their summaries show. To ask for more could warn, or take time.
_SHOWN = ("rsquared", "rsquared_adj", "fvalue", "f_pvalue", "llf", "aic", "bic", "prsquared", "llr_pvalue")
_SHOWN_FOR_GLM = ("llf", "deviance", "pearson_chi2")


class Statsmodels(Adapter):
    """Reads results after ``summary``, which computes them: to read them earlier would change the object."""

    origin = "statsmodels"
    library = "statsmodels"
    what = "fits and their quality"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module with models has been imported."""
        kinds = [kind for kind in vars(module).values() if getattr(kind, "__module__", None) == name]
        heard = 0
        for kind in kinds:
            own = vars(kind) if isinstance(kind, type) else {}
            if "fit" in own:
                heard += self.hear_if_there(kind, "fit", called=self._fitting, outermost=_GROUP)
            if "summary" in own:
                listeners = {"called": lambda given: given["self"], "returned": self._summarized}
                heard += self.hear_if_there(kind, "summary", **listeners, outermost=_GROUP)
        if not heard:
            raise Mismatch(f"{name} has no models")

    def _fitting(self, given: Mapping[str, Any]) -> None:
        model = given["self"]
        kind = type(model)
        own = {name: vars(model)[name] for name in _MODEL if vars(model).get(name) is not None}
        if "seasonal_order" in own:
            # Is the last of it.
            own.pop("seasonal_periods", None)
        values = {name: describe(value) for name, value in own.items() if value not in ((0, 0, 0, 0), "n", 0)}
        asked = {
            name: value for name, value in given.items() if name not in _NO_SETTINGS and name != "kwargs"
        }
        asked.update(given.get("kwargs") or {})
        values.update(unusual(asked, defaults_of(kind.fit)))
        known = self.recorder.run_of_cell().params.items()
        # What stands in the call of fit itself was read there.
        read = {key.partition(".")[2]: value for key, value in known if _OF_FIT.match(key)}
        values = {name: value for name, value in values.items() if name not in read or read[name] != value}
        self.params(kind.__name__, values)

    def _summarized(self, result: Any, value: Any) -> None:
        known = {}
        for name in _SHOWN_FOR_GLM if hasattr(type(result), "pearson_chi2") else _SHOWN:
            try:
                known[name] = getattr(result, name, None)
            except Exception:
                # Some kinds of results have the name and not the number.
                continue
        names = self.callers.names_of_wrapped(result, "ResultsWrapper", "_results")
        self.metrics(self.of_each(known, names[0] if names else type(result).__name__))
