"""XGBoost, LightGBM and CatBoost: the libraries themselves, in a kernel."""

from __future__ import annotations

from typing import Any

import pytest

SET_UP = """
import numpy as np, xgboost as xgb, lightgbm as lgb, catboost
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 5)); y = (X[:, 0] + rng.normal(size=200) > 0).astype(int)
"""


@pytest.fixture
def boosting(trial: Any) -> Any:
    trial.cell(SET_UP)
    return trial


def test_xgboost_tells_its_params_and_each_round(boosting: Any) -> None:
    printed = boosting.cell(
        "data, valid = xgb.DMatrix(X[:150], y[:150]), xgb.DMatrix(X[150:], y[150:])\n"
        "kept = {}\n"
        "_ = xgb.train({'eta': 0.3, 'max_depth': 3, 'objective': 'binary:logistic'}, data, 4,\n"
        "              evals=[(data, 'train'), (valid, 'valid')], evals_result=kept, verbose_eval=False)\n"
        "print(kept['valid']['logloss'])"
    )
    assert boosting.series("valid/logloss") == list(enumerate(eval(printed)))
    assert boosting.params["train.eta"] == 0.3
    assert boosting.params["train.num_boost_round"] == 4
    assert boosting.origins["train/logloss"] == "xgboost"


def test_the_rounds_of_a_cross_validation_of_xgboost_are_no_rounds_of_training(boosting: Any) -> None:
    boosting.cell(
        "_ = xgb.cv({'eta': 0.2, 'objective': 'binary:logistic'}, xgb.DMatrix(X, y), 3, nfold=2, seed=1)"
    )
    assert len(boosting.series("cv/test/logloss")) == 3
    assert not boosting.series("train/logloss")
    assert not {"cv.shuffle", "cv.stratified"} & set(boosting.own_params)


def test_an_estimator_of_xgboost_tells_what_was_given(boosting: Any) -> None:
    boosting.cell(
        "model = xgb.XGBClassifier(n_estimators=3, learning_rate=0.2, n_jobs=1)\n"
        "_ = model.fit(X[:150], y[:150], eval_set=[(X[150:], y[150:])], verbose=False)"
    )
    found = {key: value for key, value in boosting.params.items() if key.startswith("XGB")}
    assert found == {"XGBClassifier.n_estimators": 3, "XGBClassifier.learning_rate": 0.2}
    assert len(boosting.series("validation_0/logloss")) == 3


def test_lightgbm_tells_its_params_and_each_round(boosting: Any) -> None:
    printed = boosting.cell(
        "kept = {}\n"
        "settings = {'num_leaves': 7, 'objective': 'binary', 'verbose': -1}\n"
        "_ = lgb.train(settings, lgb.Dataset(X[:150], y[:150]), 3,\n"
        "              valid_sets=[lgb.Dataset(X[150:], y[150:])], callbacks=[lgb.record_evaluation(kept)])\n"
        "print([float(v) for v in kept['valid_0']['binary_logloss']])"
    )
    assert boosting.series("valid_0/binary_logloss") == list(enumerate(eval(printed)))
    assert 7 in [value for key, value in boosting.params.items() if key.endswith("num_leaves")]
    assert not [key for key in boosting.params if key.endswith("verbose")]


def test_the_folds_of_a_cross_validation_of_lightgbm_are_told_as_their_mean(boosting: Any) -> None:
    printed = boosting.cell(
        "found = lgb.cv({'objective': 'binary', 'verbose': -1}, lgb.Dataset(X, y), 4, nfold=3, seed=1)\n"
        "print([float(v) for v in found['valid binary_logloss-mean']])"
    )
    told = boosting.series("cv/valid/binary_logloss")
    assert [step for step, _ in told] == [0, 1, 2, 3]
    assert [value for _, value in told] == pytest.approx(eval(printed))
    assert not boosting.series("valid/binary_logloss")


def test_an_estimator_of_lightgbm_tells_what_was_given_and_its_stopping(boosting: Any) -> None:
    boosting.cell(
        "_ = lgb.LGBMClassifier(n_estimators=3, num_leaves=5, verbose=-1).fit(\n"
        "    X[:150], y[:150], eval_set=[(X[150:], y[150:])],\n"
        "    callbacks=[lgb.early_stopping(2, verbose=False)])"
    )
    assert boosting.params["LGBMClassifier.num_leaves"] == 5
    assert boosting.params["early_stopping.stopping_rounds"] == 2
    assert boosting.series("valid_0/binary_logloss")


def test_catboost_tells_its_params_and_each_round(boosting: Any) -> None:
    printed = boosting.cell(
        "model = catboost.CatBoostClassifier(iterations=3, depth=3, learning_rate=0.2, verbose=False,\n"
        "                                    allow_writing_files=False)\n"
        "_ = model.fit(X[:150], y[:150], eval_set=(X[150:], y[150:]))\n"
        "print(model.get_evals_result()['validation']['Logloss'])"
    )
    assert boosting.series("validation/Logloss") == list(enumerate(eval(printed)))
    assert boosting.params["CatBoostClassifier.depth"] == 3
    assert "CatBoostClassifier.allow_writing_files" not in boosting.params


def test_trainings_inside_a_search_are_its_details(boosting: Any) -> None:
    boosting.cell(
        "from sklearn.model_selection import cross_val_score\n"
        "scores = cross_val_score(xgb.XGBClassifier(n_estimators=2), X, y, cv=2)"
    )
    assert boosting.params["XGBClassifier.n_estimators"] == 2
    assert len(boosting.series("cross_val_score")) == 2


def test_results_and_streams_are_the_same_without_the_tracker(boosting: Any) -> None:
    boosting.undisturbed(
        "np.random.seed(1)\n"
        "a = xgb.XGBClassifier(n_estimators=3, subsample=0.5).fit(X, y).predict_proba(X)[:3].tolist()\n"
        "b = lgb.LGBMClassifier(n_estimators=3, verbose=-1).fit(X, y).predict_proba(X)[:3].tolist()\n"
        "c = catboost.CatBoostClassifier(iterations=3, verbose=False, allow_writing_files=False).fit(X, y)\n"
        "print(a, b, c.predict_proba(X)[:3].tolist(), np.random.random())"
    )
