"""lifelines: what a fitter is made with, its likelihood, and the concordance that its summary shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .adapter import Adapter, Mismatch
from .arguments import defaults_of, unusual

_GROUP = "lifelines"
_VALIDATING = frozenset({"k_fold_cross_validation"})
_SHOWN = ("AIC_", "AIC_partial_", "BIC_", "concordance_index_")


class Lifelines(Adapter):
    """Hears of fits and summaries."""

    origin = "lifelines"
    library = "lifelines"
    what = "fits and their quality"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module with fitters has been imported."""
        heard = 0
        for kind in list(vars(module).values()):
            own = vars(kind) if isinstance(kind, type) and kind.__module__ == name else {}
            if "fit" in own:
                listeners = {"called": self._fitting, "returned": self._fitted}
                heard += self.hear_if_there(kind, "fit", **listeners, outermost=_GROUP)
            if "print_summary" in own:
                listeners = {"called": lambda given: given["self"], "returned": self._summarized}
                heard += self.hear_if_there(kind, "print_summary", **listeners, outermost=_GROUP)
        if not heard:
            raise Mismatch(f"{name} has no fitters")

    def _fitting(self, given: Mapping[str, Any]) -> Any:
        fitter = given.get("self")
        if fitter is None:
            return ()
        kind = type(fitter)
        defaults = defaults_of(kind)
        values = {name: vars(fitter)[name] for name in defaults if name in vars(fitter)}
        self.params(kind.__name__, unusual(values, {**defaults, "label": None}))
        return fitter

    def _fitted(self, fitter: Any, value: Any) -> None:
        if fitter != () and not self.callers.within("lifelines", _VALIDATING):
            found = {"log_likelihood_": _read(fitter, "log_likelihood_")}
            self.metrics(self.of_each(found, type(fitter).__name__))

    def _summarized(self, fitter: Any, value: Any) -> None:
        found = {name: _read(fitter, name) for name in _SHOWN}
        self.metrics(self.of_each(found, type(fitter).__name__))


def _read(fitter: Any, name: str) -> Any:
    """An attribute that not all kinds of fitters have."""
    try:
        return getattr(fitter, name, None)
    except Exception:
        return None
