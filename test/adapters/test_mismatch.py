"""Libraries that are not as an adapter knows them, and faults of adapters."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"BACKTRAIL_CAPTURE_OFF": "xgboost"}


def test_a_library_that_does_not_match_is_said_once_and_works_as_ever(trial: Any) -> None:
    trial.kernel.attach(capture=False)
    trial.cell(
        "import sklearn.base, sklearn.linear_model, sklearn.metrics, numpy as np\n"
        "held = sklearn.base.BaseEstimator._validate_params\n"
        "sklearn.base.BaseEstimator._checked = held\n"
        "del sklearn.base.BaseEstimator._validate_params"
    )
    trial.kernel.attach(capture=True)
    again = type(trial)(trial.kernel)
    for _ in range(2):
        again.cell(
            "sklearn.base.BaseEstimator._validate_params = held\n"
            "model = sklearn.linear_model.Ridge(alpha=2.0).fit(np.eye(3), np.arange(3))\n"
            "value = sklearn.metrics.r2_score([1, 2, 3], [1, 2, 4])"
        )
    assert [text for text in again.warnings if "BaseEstimator._validate_params is missing" in text] != []
    assert len(again.warnings) == len(set(again.warnings))
    # The other concerns of the library go on.
    assert again.series("r2_score") or again.series("value")


def test_a_fault_of_an_adapter_reaches_nobody_and_is_said(trial: Any) -> None:
    trial.cell(
        "import sklearn.model_selection\n"
        "from backtrail.tracker.adapters.scikit_learn import splits\n"
        "def fails(*anything): raise ZeroDivisionError\n"
        "kept, splits.unusual = splits.unusual, fails"
    )
    printed = trial.cell(
        "print(len(sklearn.model_selection.train_test_split(list(range(10)), test_size=0.5)))\n"
        "splits.unusual = kept"
    )
    assert printed == "2\n"
    assert any("ZeroDivisionError" in text and "splits of data" in text for text in trial.warnings)


def test_an_origin_that_is_switched_off_records_nothing(trial: Any) -> None:
    trial.cell(
        "import xgboost, numpy as np\n"
        "data = xgboost.DMatrix(np.eye(8), np.arange(8) % 2)\n"
        "_ = xgboost.train({'eta': 0.5}, data, 2, evals=[(data, 'train')], verbose_eval=False)"
    )
    assert "xgboost" not in trial.origins.values()
