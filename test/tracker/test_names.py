"""Metrics by their names: what counts as one, and how variables and lists are read."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.names import numbers, words
from backtrail.tracker.names.bindings import bindings
from backtrail.tracker.names.series import key_of
from backtrail.tracker.names.variables import Variables
from backtrail.tracker.recorder import Recorder


@pytest.mark.parametrize("name", ["Val Loss", "val-loss", "valLoss", "val_loss", " val  loss: "])
def test_a_name_has_one_form(name: str) -> None:
    assert words.normal(name) == "val_loss"


@pytest.mark.parametrize(
    "name",
    [
        "loss",
        "losses",
        "val_acc",
        "test_accuracy",
        "f1_score",
        "r2",
        "rmse",
        "mean_squared_error",
        "roc_auc",
        "grad_norm",
        "best_score",
        "log_likelihood",
        "accuracy_list",
        "loss_history",
        "train_losses",
        "mape2",
        "success_rate",
        "cv_ridge",
        "score_over_time",
    ],
)
def test_names_of_metrics_are_known(name: str) -> None:
    assert words.is_metric(name)


@pytest.mark.parametrize(
    "name",
    [
        "lr",
        "learning_rate",
        "batch_size",
        "n_samples",
        "shape",
        "time",
        "score_time",
        "loss_fn",
        "loss_weight",
        "epochs",
        "seed",
        "version",
        "threshold",
        "cv",
        "train",
        "test",
        "x",
        "i",
        "price",
        "age",
        "optimizer",
        "error_message_count",
        "memory",
        "accuracy_fn",
        "plot_loss",
    ],
)
def test_other_names_are_not_taken_for_metrics(name: str) -> None:
    assert not words.is_metric(name)


def test_one_quantity_has_many_names() -> None:
    assert words.quantity("val_accs") == words.quantity("validation_accuracy") == words.quantity("acc_val")
    assert words.quantity("val_acc") != words.quantity("train_acc")


def test_a_path_of_names_gives_one_key() -> None:
    assert key_of(("history", "val_loss")) == "val_loss"
    assert key_of(("losses", "train")) == "train_losses"
    assert key_of(("history", "train", "loss")) == "train_loss"
    assert key_of(("scores", "forest")) == "scores/forest"
    assert key_of(("results", "Logistic Regression")) == "results/logistic_regression"
    assert key_of(("config", "batch_size")) is None
    assert key_of(("result", "labels")) is None
    assert key_of(("best", "val_mse")) == "best_val_mse"
    assert key_of(("best", "best_loss")) == "best_loss"


def test_a_cell_binds_what_it_computes_and_not_what_is_merely_written_there() -> None:
    found = bindings(
        [
            ast.parse(
                "best = 0.0\nworst = float('inf')\nacc = score()\na, b = f()\n"
                "for i in x:\n    loss = step()\n    acc = 1\n"
                "if c:\n    r2 = g()\ndef h():\n    inner = 2 * x"
            )
        ]
    )
    assert found.computed == {"acc", "a", "b", "r2"}
    assert found.in_loops == {"loss"}
    assert {"best", "worst"} <= found.all
    assert "inner" not in found.all


class Hostile(float):
    """A number whose every method is the user's own."""

    def __float__(self) -> float:
        raise AssertionError("called")

    __repr__ = __eq__ = __int__ = __bool__ = __float__  # type: ignore[assignment]
    __hash__ = float.__hash__


def test_numbers_are_read_of_exact_types_only() -> None:
    numpy = pytest.importorskip("numpy")
    assert numbers.scalar(0.5) == 0.5
    assert numbers.scalar(numpy.float32(0.5)) == 0.5
    assert numbers.scalar(numpy.array(0.25)) == 0.25
    for other in (True, "0.5", None, Hostile(1), 1j, numpy.array([1.0]), object()):
        assert numbers.scalar(other) is None
    assert numbers.sequence([0.5, numpy.float64(0.25)]) == [0.5, 0.25]
    assert numbers.sequence([0.5, Hostile(1)]) is None


class Namespace:
    """A namespace whose cells are played, and what is recorded of them."""

    def __init__(self, recorder: Recorder, **names: Any) -> None:
        self.names = names
        self.recorder = recorder
        self.variables = Variables(self.names, recorder)
        self.variables.start()

    def cell(self, source: str) -> None:
        code = CellCode(source)
        self.variables.before(code)
        exec(source, self.names)
        at = self.recorder.moment()
        self.variables.look(at, True)
        self.variables.bound(at, code)
        self.recorder.sightings.settle()

    def values(self, key: str) -> list[Any]:
        points = self.recorder.stack[-1].points
        if points.log is None:
            return []
        lines = [json.loads(line) for line in points.path.read_text().splitlines()]
        return [line[key] for line in lines if key in line]


def test_a_dictionary_of_years_is_one_series(recorded: Any) -> None:
    book = Namespace(recorded.recorder)
    book.cell("import math\nerrors = {2019: math.sqrt(2), 2020: math.sqrt(3), 2021: math.sqrt(5)}")
    assert book.values("errors") == [2**0.5, 3**0.5, 5**0.5]
    assert book.values("step") == [2019, 2020, 2021]
    book.cell("scores = {'forest': math.sqrt(7), '3': math.sqrt(11)}")
    assert book.values("scores/forest") == [7**0.5]


def test_a_dictionary_of_what_was_tried_is_one_series(recorded: Any) -> None:
    book = Namespace(recorded.recorder)
    book.cell("import math\ncv_mse = {lam: math.sqrt(lam) for lam in (0.01, 0.1, 1)}")
    assert book.values("cv_mse") == [0.1, 0.1**0.5, 1]
    assert book.values("step") == [0.01, 0.1, 1]
    book.cell("cv_loss = {0.5: math.sqrt(2), math.inf: math.sqrt(3)}")
    assert book.values("cv_loss") == [], "no step is endless"


def test_rewards_that_a_loop_empties_are_the_steps_of_an_episode(recorded: Any) -> None:
    book = Namespace(recorded.recorder)
    book.cell(
        "totals, rewards = [], []\n"
        "for episode in range(3):\n"
        "    rewards = []\n"
        "    for step in range(4):\n        rewards.append(step / 3)\n"
        "    totals.append(sum(rewards))"
    )
    book.cell("x = 1")
    assert book.values("rewards") == []
    book.cell("rewards = []\nfor episode in range(3):\n    rewards.append(episode / 7)")
    assert book.values("rewards") == [0.0, 1 / 7, 2 / 7]


def test_new_elements_of_a_list_are_points_and_old_ones_are_not(recorded: Any) -> None:
    played = Namespace(recorded.recorder, losses=[9.5, 8.5])
    played.cell("losses.append(0.75)")
    played.cell("losses += [0.5, 0.25]")
    played.cell("x = 1")
    assert played.values("losses") == [0.75, 0.5, 0.25]


def test_values_that_stay_the_same_are_points_too(recorded: Any) -> None:
    played = Namespace(recorded.recorder)
    played.cell("accs = []\nfor i in range(4):\n    accs.append(0.875)")
    assert played.values("accs") == [0.875] * 4


def test_histories_rows_and_objects_are_looked_into(recorded: Any) -> None:
    played = Namespace(recorded.recorder, __name__="__main__")
    played.cell("history = {'loss': [0.5, 0.25], 'name': 'x', 'lr': [0.1, 0.1]}")
    played.cell("log = [{'epoch': 1, 'val_acc': 0.625}, {'epoch': 2, 'val_acc': 0.75}]")
    played.cell("class M:\n    pass\nm = M()\nm.costs = [4.5, 3.5]")
    assert played.values("loss") == [0.5, 0.25]
    assert played.values("val_acc") == [0.625, 0.75]
    assert played.values("costs") == [4.5, 3.5]
    assert played.values("lr") == []


def test_rows_that_a_text_tells_apart_have_a_metric_each(recorded: Any) -> None:
    played = Namespace(recorded.recorder)
    played.cell("report = [{'label': l, 'precision': p} for l, p in (('pos', 0.625), ('neg', 0.75))]")
    assert played.values("precision/pos") == [0.625]
    assert played.values("precision/neg") == [0.75]
    # What was predicted for each sample has the texts of the samples, and mostly other numbers.
    played.cell("rows = [{'id': i, 'price': 3.5, 'guess': 3.0, 'error': 0.5} for i in ('a', 'b')]")
    assert played.values("error") == [0.5, 0.5]
    played.cell("tried = [{'kernel': k, 'recall': 0.5} for k in ('rbf', 'rbf', 'linear')]")
    assert played.values("recall") == [0.5, 0.5, 0.5]


def test_lists_of_places_of_probabilities_and_of_differences_are_no_series(recorded: Any) -> None:
    played = Namespace(recorded.recorder, __name__="__main__")
    played.cell("result = {'tour': [3, 1, 2, 0], 'forest': [0.5, 0.25]}")
    played.cell("class Bayes:\n    pass\nmodel = Bayes()\nmodel.log_prob = {'pos': [-1.5, -2.5]}")
    played.cell("p, a = [1.5, 2.0], [1.0, 4.0]\nerrors = [x - y for x, y in zip(p, a)]")
    played.cell("squared_errors = [(x - y) ** 2 for x, y in zip(p, a)]")
    assert set(recorded.recorder.stack[-1].metric_origins) == {"result/forest"}
    played.cell("errors = []\nfor x in p:\n    errors.append(x / 3)")
    assert played.values("errors") == [0.5, 2.0 / 3]


def test_computed_scores_are_points_and_written_ones_are_not(recorded: Any) -> None:
    played = Namespace(recorded.recorder)
    played.cell("best_acc = 0.0\naccuracy = sum([7]) / 9\nbatch_size = 64 * 2")
    played.cell("metrics = {'f1': 7 / 8, 'n': 3}")
    assert played.values("accuracy") == [7 / 9]
    assert played.values("f1") == [0.875]
    assert played.values("best_acc") == []
    assert set(recorded.recorder.stack[-1].metric_origins) == {"accuracy", "f1"}


def test_what_a_loop_leaves_over_counts_only_where_nothing_else_tells_it(recorded: Any) -> None:
    played = Namespace(recorded.recorder)
    played.cell("for i in range(3):\n    loss = 1 / (i + 3)")
    assert played.values("loss") == [0.2]
    played.cell("costs = []\nfor i in range(3):\n    cost = 2 / (i + 7)\n    costs.append(cost)")
    assert played.values("cost") == []
    assert len(played.values("costs")) == 3


def test_a_dictionary_that_is_filled_cell_by_cell_tells_each_entry_once(recorded: Any) -> None:
    played = Namespace(recorded.recorder)
    played.cell("scores = {}")
    played.cell("scores['ridge'] = {'mae': 1 / 3}")
    played.cell("scores['forest'] = {'mae': 1 / 7}")
    assert played.values("mae/ridge") == [1 / 3]
    assert played.values("mae/forest") == [1 / 7]
    played.cell("scores['ridge'] = {'mae': 1 / 9}")
    # What is executed again is told again, though nothing has changed.
    played.cell("scores['forest'] = {'mae': 1 / 7}")
    assert played.values("mae/ridge") == [1 / 3, 1 / 9]
    assert played.values("mae/forest") == [1 / 7, 1 / 7]


def test_what_a_dictionary_of_models_begins_with_is_no_result(recorded: Any) -> None:
    played = Namespace(recorded.recorder)
    played.cell("stats = {name: {'accuracy': 0.0, 'history': []} for name in ('sgd', 'ridge')}")
    assert played.values("accuracy/sgd") == []
    played.cell("stats = {name: {'accuracy': len(name) / 7} for name in ('sgd', 'ridge')}")
    assert played.values("accuracy/sgd") == [3 / 7]
