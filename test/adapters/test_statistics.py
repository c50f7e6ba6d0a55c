"""statsmodels and lifelines: the libraries themselves, in a kernel."""

from __future__ import annotations

from typing import Any

import pytest

SET_UP = """
import numpy as np, pandas as pd, statsmodels.api as sm, statsmodels.formula.api as smf, lifelines
rng = np.random.default_rng(0)
table = pd.DataFrame({'x': rng.normal(size=80), 'z': rng.normal(size=80)})
table['y'] = 2 * table.x + rng.normal(size=80); table['b'] = (table.y > 0).astype(int)
table['time'] = rng.exponential(size=80) + 0.1
"""


@pytest.fixture
def table(trial: Any) -> Any:
    trial.cell(SET_UP)
    return trial


def test_a_regression_tells_its_formula_and_its_quality(table: Any) -> None:
    table.cell("fitted = smf.ols('y ~ x + z', data=table).fit(cov_type='HC3'); text = fitted.summary()")
    printed = table.cell("print(float(fitted.rsquared), float(fitted.aic))")
    rsquared, aic = map(float, printed.split())
    assert [value for _, value in table.series("rsquared")] == [rsquared]
    assert [value for _, value in table.series("aic")] == [aic]
    assert table.params["OLS.formula"] == "y ~ x + z"
    assert "HC3" in table.params.values()


def test_generalized_and_discrete_models_tell_theirs(table: Any) -> None:
    table.cell(
        "one = sm.Logit(table.b, sm.add_constant(table[['x']])).fit(disp=0); text = one.summary()\n"
        "two = smf.glm('b ~ x', data=table, family=sm.families.Binomial()).fit(); text = two.summary()"
    )
    printed = table.cell("print(float(one.prsquared), float(two.deviance))")
    pseudo, deviance = map(float, printed.split())
    assert [value for _, value in table.series("prsquared")] == [pseudo]
    assert [value for _, value in table.series("deviance")] == [deviance]
    assert table.params["GLM.family"] == "Binomial"


def test_a_time_series_model_tells_its_order(table: Any) -> None:
    table.cell(
        "from statsmodels.tsa.arima.model import ARIMA\n"
        "fitted = ARIMA(table.y.cumsum(), order=(1, 1, 0)).fit(); text = fitted.summary()"
    )
    assert table.params["ARIMA.order"] == [1, 1, 0]
    assert "ARIMA.seasonal_periods" not in table.params
    assert table.series("aic")


def test_a_survival_model_tells_its_likelihood_and_concordance(table: Any) -> None:
    table.cell(
        "fitter = lifelines.CoxPHFitter(penalizer=0.1).fit(table[['x', 'time', 'b']], 'time', 'b')\n"
        "fitter.print_summary()"
    )
    printed = table.cell("print(float(fitter.log_likelihood_), float(fitter.concordance_index_))")
    likelihood, concordance = map(float, printed.split())
    assert [value for _, value in table.series("log_likelihood_")] == [likelihood]
    assert [value for _, value in table.series("concordance_index_")] == [concordance]
    assert table.params["CoxPHFitter.penalizer"] == 0.1


def test_several_models_have_a_quality_each(table: Any) -> None:
    table.cell(
        "m1 = smf.ols('y ~ x', data=table).fit(cov_type='HC1'); m2 = smf.ols('y ~ z', data=table).fit()"
    )
    printed = table.cell("text = m1.summary(); text = m2.summary(); print(float(m1.aic), float(m2.aic))")
    assert [[value for _, value in table.series(key)] for key in ("aic", "aic/m2")] == [
        [value] for value in map(float, printed.split())
    ]
    assert [key for key, value in table.own_params.items() if value == "HC1"] == ["fit.cov_type"]


def test_fits_inside_a_cross_validation_are_its_details(table: Any) -> None:
    table.cell(
        "from lifelines.utils import k_fold_cross_validation\n"
        "_ = k_fold_cross_validation(lifelines.CoxPHFitter(penalizer=0.25), table[['x', 'time', 'b']],\n"
        "                            'time', event_col='b', k=3)"
    )
    assert table.own_params["CoxPHFitter.penalizer"] == 0.25
    assert "log_likelihood_" not in table.origins


def test_results_are_the_same_without_the_tracker(table: Any) -> None:
    table.undisturbed(
        "import pickle\n"
        "fitted = smf.ols('y ~ x', data=table).fit(); size = len(pickle.dumps(fitted))\n"
        "with __import__('warnings').catch_warnings(record=True) as seen:\n"
        "    __import__('warnings').simplefilter('always')\n"
        "    text = smf.glm('b ~ x', data=table, family=sm.families.Binomial()).fit().summary()\n"
        "print(fitted.params.tolist(), size, [str(one.message) for one in seen])"
    )
