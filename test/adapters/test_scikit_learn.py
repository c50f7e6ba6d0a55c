"""scikit-learn: the library itself, in a kernel."""

from __future__ import annotations

import re
from typing import Any

import pytest

DATA = """
import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score, train_test_split
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import accuracy_score, f1_score
X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=0, stratify=y)
"""


@pytest.fixture
def iris(trial: Any) -> Any:
    trial.cell(DATA)
    return trial


def test_params_are_there_before_the_training_ends(iris: Any) -> None:
    answer = iris.kernel.run("LogisticRegression(C=0.25).fit(X_train, ['no', 'labels'])")
    assert answer.status == "error"
    assert iris.params["LogisticRegression.C"] == 0.25


def test_params_of_the_parts_of_a_pipeline_are_recorded(iris: Any) -> None:
    iris.cell(
        "make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=300)).fit(X_train, y_train)"
    )
    assert iris.own_params["LogisticRegression.C"] == 0.5
    assert iris.own_params["LogisticRegression.max_iter"] == 300
    assert not [key for key in iris.own_params if key.startswith(("Pipeline", "StandardScaler"))]


def test_defaults_and_bookkeeping_are_left_out(iris: Any) -> None:
    iris.cell("forest = RandomForestClassifier(n_estimators=5, n_jobs=1, verbose=0).fit(X_train, y_train)")
    found = {key: value for key, value in iris.own_params.items() if key.startswith("RandomForest")}
    assert found == {"RandomForestClassifier.n_estimators": 5}


def test_the_models_inside_an_ensemble_are_its_details(iris: Any) -> None:
    iris.cell(
        "BaggingClassifier(LogisticRegression(C=2.0), n_estimators=3, random_state=0).fit(X_train, y_train)"
    )
    found = {
        key: value for key, value in iris.own_params.items() if "Classifier" in key or "Regression" in key
    }
    assert found == {
        "BaggingClassifier.n_estimators": 3,
        "BaggingClassifier.random_state": 0,
        "LogisticRegression.C": 2.0,
    }


def test_a_split_is_recorded_with_sizes_and_classes(iris: Any) -> None:
    assert iris.params["train_test_split.test_size"] == 0.3
    assert iris.params["train_test_split.random_state"] == 0
    (split,) = [event for event in iris.events("dataset") if event.get("splits")]
    assert split["splits"] == {"train": 105, "test": 45}
    assert (split["rows"], split["columns"]) == (150, 4)
    assert split["classes"] == {"0": 50, "1": 50, "2": 50}


def test_a_loader_is_recorded_with_a_hash(iris: Any) -> None:
    (loaded,) = [event for event in iris.events("dataset") if event["name"] == "iris"]
    assert loaded["source"] == "sklearn.datasets.load_iris"
    assert len(loaded["sha256"]) == 64
    assert loaded["size"] == 4800


def test_scores_have_their_value_and_the_part_of_the_data(iris: Any) -> None:
    iris.cell(
        "model = SGDClassifier(random_state=0).fit(X_train, y_train); predicted = model.predict(X_test)"
    )
    printed = iris.cell(
        "a = accuracy_score(y_test, predicted); b = f1_score(y_test, predicted, average='macro')\n"
        "_ = accuracy_score(y_train, model.predict(X_train))\n"
        "c = model.score(X_test, y_test)\n"
        "print(repr(float(a)), repr(float(b)), repr(float(c)))"
    )
    a, b, _ = map(float, printed.split())
    values = {key: [value for _, value in iris.series(key)] for key in iris.origins}
    assert [a] in values.values()
    assert [b] in values.values()
    assert any("train" in key for key in values)


def test_scores_inside_a_search_are_its_details(iris: Any) -> None:
    printed = iris.cell(
        "search = GridSearchCV(LogisticRegression(max_iter=500), {'C': [0.1, 1.0]}, cv=3)\n"
        "_ = search.fit(X_train, y_train)\n"
        "print(search.cv_results_['mean_test_score'].tolist(), search.best_score_, search.best_params_['C'])"
    )
    assert [value for _, value in iris.series("mean_test_score")] == eval(printed.split("]")[0] + "]")
    assert [0.1, 1.0] in iris.own_params.values()
    assert iris.params["best_params_.C"] in (0.1, 1.0)
    assert not any("accuracy" in key for key in iris.origins)


def test_an_index_says_which_part_of_the_data_is_scored(iris: Any) -> None:
    iris.cell(
        "import pandas as pd\nfrom sklearn.metrics import accuracy_score, recall_score, f1_score\n"
        "train = pd.DataFrame({'y': [0, 1, 1, 0], 'guess': [0, 1, 0, 0]})\n"
        "valid_index = [0, 1, 2]; rows = [1, 2]\n"
        "_ = accuracy_score(train.iloc[valid_index].y, train.iloc[valid_index].guess)\n"
        "_ = recall_score(train.loc[rows, 'y'], train.loc[rows, 'guess'])\n"
        "_ = f1_score(train['y'], train['guess'])"
    )
    assert {"val/accuracy_score", "recall_score", "train/f1_score"} <= set(iris.origins)


def test_each_fold_of_a_cross_validation_is_a_point(iris: Any) -> None:
    printed = iris.cell(
        "folds = KFold(n_splits=3, shuffle=True, random_state=2)\n"
        "print(cross_val_score(LogisticRegression(max_iter=400), X, y, cv=folds).tolist())"
    )
    assert iris.series("cross_val_score") == list(enumerate(eval(printed)))
    assert iris.params["KFold.n_splits"] == 3
    assert iris.params["LogisticRegression.max_iter"] == 400


def test_models_that_are_validated_one_after_the_other_have_a_series_each(iris: Any) -> None:
    iris.cell(
        "for model in (LogisticRegression(max_iter=400), make_pipeline(StandardScaler(), SGDClassifier())):\n"
        "    _ = cross_val_score(model, X, y, cv=3)"
    )
    assert len(iris.series("cross_val_score")) == 3
    assert [step for step, _ in iris.series("cross_val_score/SGDClassifier")] == [0, 1, 2]
    iris.cell("_ = cross_val_score(SGDClassifier(alpha=0.5), X, y, cv=4)")
    assert len(iris.series("cross_val_score/SGDClassifier[2]")) == 4
    assert len(iris.series("cross_val_score/SGDClassifier")) == 3


def test_a_mean_that_is_printed_is_no_fold(iris: Any) -> None:
    iris.cell(
        "for name, model in (('LR', LogisticRegression(max_iter=400)), ('SGD', SGDClassifier())):\n"
        "    s = cross_val_score(model, X, y, cv=3)\n"
        "    print('%s: %f (%f)' % (name, s.mean(), s.std()))"
    )
    assert len(iris.series("cross_val_score")) == 3
    assert len(iris.series("cross_val_score_mean/lr")) == len(iris.series("cross_val_score_mean/sgd")) == 1


def test_a_model_that_fits_itself_in_another_method_is_heard(iris: Any) -> None:
    iris.cell(
        "from sklearn.cluster import KMeans; from sklearn.impute import KNNImputer; k = 3\n"
        "_ = KMeans(n_clusters=k - 1, random_state=0).fit_predict(X)\n"
        "_ = KNNImputer(n_neighbors=k + 4).fit_transform(X)"
    )
    assert iris.own_params["KMeans.n_clusters"] == 2
    assert iris.own_params["KNNImputer.n_neighbors"] == 7


def test_each_grid_of_several_is_told_by_its_names(iris: Any) -> None:
    iris.cell(
        "grids = [{'C': [0.5, 1.0]}, {'max_iter': [200, 300]}]\n"
        "_ = GridSearchCV(LogisticRegression(), grids, cv=2).fit(X_train, y_train)"
    )
    assert iris.own_params["GridSearchCV.param_grid.C"] == [0.5, 1.0]
    assert iris.own_params["GridSearchCV.param_grid.max_iter"] == [200, 300]


def test_the_loss_of_each_round_is_a_series(iris: Any) -> None:
    printed = iris.cell(
        "import warnings; warnings.simplefilter('ignore')\n"
        "net = MLPClassifier((6,), max_iter=4, random_state=0).fit(X_train, y_train)\n"
        "print([float(loss) for loss in net.loss_curve_])"
    )
    assert iris.series("loss") == list(enumerate(eval(printed)))


def test_the_rounds_of_boosting_are_a_series(iris: Any) -> None:
    printed = iris.cell(
        "from sklearn.ensemble import GradientBoostingClassifier\n"
        "boosted = GradientBoostingClassifier(n_estimators=4, random_state=0).fit(X_train, y_train)\n"
        "print(boosted.train_score_.tolist())"
    )
    assert iris.series("train_score") == list(enumerate(eval(printed)))
    assert not any("curves" in text for text in iris.warnings)


def test_each_seed_of_a_loop_and_each_of_two_estimators_is_recorded(iris: Any) -> None:
    iris.cell(
        "for k in (3, 1, 4):\n    _ = SGDClassifier(random_state=k).fit(X_train, y_train)\n"
        "first = SGDClassifier(alpha=0.25).fit(X_train, y_train)\n"
        "second = SGDClassifier(alpha=0.5).fit(X_train, y_train)"
    )
    assert [event["value"] for event in iris.events("seed")][-3:] == [3, 1, 4]
    alphas = {key: value for key, value in iris.own_params.items() if key.endswith(".alpha")}
    assert sorted(alphas.values()) == [0.25, 0.5]


def test_a_splitter_has_the_arguments_that_it_was_given(iris: Any) -> None:
    iris.cell("from sklearn.model_selection import TimeSeriesSplit; _ = TimeSeriesSplit(n_splits=3)")
    assert [key for key in iris.own_params if key.startswith("TimeSeries")] == ["TimeSeriesSplit.n_splits"]


def test_results_and_streams_are_the_same_without_the_tracker(iris: Any) -> None:
    iris.undisturbed(
        "import random, warnings; warnings.simplefilter('ignore')\n"
        "np.random.seed(3)\n"
        "model = make_pipeline(StandardScaler(), RandomForestClassifier(n_estimators=4))\n"
        "_ = model.fit(X_train, y_train)\n"
        "print(model.score(X_test, y_test), cross_val_score(SGDClassifier(), X, y).tolist())\n"
        "print(np.random.random(), random.getstate()[1][:2])\n"
        "import inspect; print(inspect.signature(train_test_split), inspect.getsource(accuracy_score)[:80])"
    )


def test_a_failure_looks_as_it_does_without_the_tracker(iris: Any) -> None:
    code = "accuracy_score([1, 2], [1])"
    with_tracker = iris.kernel.run(code).outputs
    iris.kernel.attach(capture=False)
    without = iris.kernel.run(code).outputs
    iris.kernel.attach(capture=True)
    assert len(with_tracker) == 1
    clean = [[line.split("]:")[-1] for line in one[0][1]["traceback"]] for one in (with_tracker, without)]
    assert len(clean[0]) == len(clean[1])
    assert [re.sub(r"In\[\d+\]", "", line) for line in clean[0][2:]] == [
        re.sub(r"In\[\d+\]", "", line) for line in clean[1][2:]
    ]


def test_predictions_of_held_back_folds_are_not_those_of_training_data(iris: Any) -> None:
    iris.cell(
        "import pandas as pd\n"
        "train = pd.DataFrame({'y': [0, 1, 1, 0], 'guess': [0, 1, 0, 0]}); oof = np.array([0, 1, 0, 0])\n"
        "_ = accuracy_score(train.y, oof)\n"
        "_ = f1_score(train['y'], train['guess'])"
    )
    assert {"accuracy_score", "train/f1_score"} <= set(iris.origins)
    assert "train/accuracy_score" not in iris.origins
