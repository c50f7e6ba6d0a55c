"""The results of ``sklearn.metrics`` and of estimators' ``score``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from types import ModuleType
from typing import Any

from ..adapter import Adapter, need
from ..callers import split_named
from . import GROUP, TRAINING

_NUMBERS = """
    accuracy_score adjusted_mutual_info_score adjusted_rand_score auc average_precision_score
    balanced_accuracy_score brier_score_loss calinski_harabasz_score cohen_kappa_score completeness_score
    d2_absolute_error_score d2_brier_score d2_log_loss_score d2_pinball_score d2_tweedie_score
    davies_bouldin_score dcg_score explained_variance_score f1_score fbeta_score fowlkes_mallows_score
    hamming_loss hinge_loss homogeneity_score jaccard_score log_loss matthews_corrcoef max_error
    mean_absolute_error mean_absolute_percentage_error mean_gamma_deviance mean_pinball_loss
    mean_poisson_deviance mean_squared_error mean_squared_log_error mean_tweedie_deviance
    median_absolute_error mutual_info_score ndcg_score normalized_mutual_info_score precision_score r2_score
    rand_score recall_score roc_auc_score root_mean_squared_error root_mean_squared_log_error
    silhouette_score top_k_accuracy_score v_measure_score zero_one_loss
"""

_TRUTH = ("y_true", "labels_true", "X", "x")
_SCORERS = {
    "sklearn.base": ("ClassifierMixin.score", "RegressorMixin.score"),
    "sklearn.pipeline": ("Pipeline.score",),
}


class Scores(Adapter):
    """Hears of scores that the notebook asks for; those inside a training or a search are its details."""

    origin = "sklearn"
    library = "sklearn"
    what = "the results of metrics"

    def attend(self, name: str, module: ModuleType) -> None:
        """A module that has metrics has been imported."""
        if name == "sklearn.metrics":
            need(module, "accuracy_score")
            for metric in _NUMBERS.split():
                self.hear_if_there(
                    module,
                    metric,
                    called=partial(self._asked, metric),
                    returned=self._answered,
                    outermost=GROUP,
                )
        for path in _SCORERS.get(name, ()):
            self.hear(
                need(module, path),
                called=partial(self._asked, "score"),
                returned=self._answered,
                outermost=GROUP,
            )

    def _asked(self, metric: str, given: Mapping[str, Any]) -> str:
        if self.callers.within("sklearn", TRAINING):
            return ""
        if given.get("squared") is False and metric.startswith("mean_squared"):
            metric = f"root_{metric}"
        split = self._split(metric, given)
        return metric if split in (None, "test") else f"{split}/{metric}"

    def _answered(self, key: str, value: Any) -> None:
        if key:
            self.metrics({key: value})

    def _split(self, metric: str, given: Mapping[str, Any]) -> str | None:
        """The part of the data that is scored, by the name of the truth in the notebook or in the call."""
        truth = next((given[name] for name in _TRUTH if name in given), None)
        split = self.callers.split_of(truth)
        site = self.callers.site() if split is None else None
        if site is not None:
            call = re.search(rf"\b{re.escape(metric)}\s*\(\s*([\w.]+)(?:\s*\[([^\]]*))?", site.text)
            split = _named(call.group(1), call.group(2)) if call else None
            if call and split == "train" and _FRAME.match(call.group(1)):
                # A column of the labelled data, against predictions that may be of held back folds.
                rest = site.text[call.end() :].partition(",")[2]
                split = "train" if split_named(rest) == "train" else None
        return split


_FRAME = re.compile(r"(?:df_?)?train(?:_?df|_data)?(?:\.\w+)*$", re.I)
_COLUMN = re.compile(r"\s*['\"\[:\d]")
_INDEX = re.compile(r"\s*(\w+)\s*(?:,|$)")


def _named(data: str, selected: str | None) -> str | None:
    """The part that ``data`` is by its name; of ``train.iloc[valid]`` the index says it."""
    if selected is None or _COLUMN.match(selected):
        return split_named(data)
    index = _INDEX.match(selected)
    return split_named(index.group(1)) if index else None
