"""fastai: the library itself, in a kernel."""

from __future__ import annotations

from typing import Any

import pytest

TABLE = """
import numpy as np, pandas as pd, warnings
warnings.simplefilter('ignore')
from fastai.tabular.all import *
rng = np.random.RandomState(0)
table = pd.DataFrame(rng.rand(200, 3), columns=['a', 'b', 'c'])
table['kind'] = rng.choice(['x', 'y'], 200)
table['y'] = (table.a + table.b > 1).astype(int)
def data():
    set_seed(3)
    return TabularDataLoaders.from_df(table, y_names='y', cat_names=['kind'], cont_names=['a', 'b', 'c'],
        procs=[Categorify, Normalize], y_block=CategoryBlock, bs=32, path='.')
"""
LEARN = """
learn = tabular_learner(data(), layers=[20, 10], metrics=[accuracy, F1Score()], lr=0.004)
learn.fit_one_cycle(3, 1e-2, wd=0.1)
"""


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"MPLBACKEND": "agg"}


def test_learners_tell_their_params_and_the_row_of_each_epoch(trial: Any) -> None:
    trial.cell(TABLE)
    trial.cell(LEARN)
    rows = eval(trial.cell("print([list(map(float, row)) for row in learn.recorder.values])"))
    for key, place in (("train_loss", 0), ("valid_loss", 1), ("accuracy", 2), ("f1_score", 3)):
        assert trial.series(key) == [(epoch, row[place]) for epoch, row in enumerate(rows)]
        assert trial.origins[key] == "fastai"
    assert len(trial.origins) == 4
    own = {key: value for key, value in trial.params.items() if "." in key}
    assert own == {
        "dataloaders.bs": 32,
        "tabular_learner.layers": [20, 10],
        "tabular_learner.metrics": ["accuracy", "f1_score"],
        "tabular_learner.lr": 0.004,
        "fit_one_cycle.n_epoch": 3,
        "fit_one_cycle.lr_max": 0.01,
        "fit_one_cycle.wd": 0.1,
    }
    assert {event["library"] for event in trial.events("seed") if event["value"] == 3} >= {"torch", "numpy"}
    assert not [text for text in trial.warnings if "fastai" in text]


def test_a_search_for_a_learning_rate_gives_no_metrics_and_a_validation_its_own(trial: Any) -> None:
    trial.cell(TABLE)
    trial.cell("learn = tabular_learner(data(), metrics=accuracy)")
    trial.cell("with learn.no_bar():\n    learn.lr_find(num_it=20, show_plot=False)")
    assert trial.origins == {}
    trial.cell(
        "with learn.no_bar():\n    learn.fine_tune(2, 1e-3)\n"
        "    learn.fit_one_cycle(1, lr_max=slice(1e-4, 1e-3))"
    )
    assert trial.own_params["fine_tune.base_lr"] == 0.001
    assert trial.own_params["fit_one_cycle.lr_max"] == "slice(0.0001, 0.001)"
    assert trial.own_params["fine_tune.epochs"] == 2
    assert trial.own_params["fit_one_cycle.n_epoch"] == 1
    assert [step for step, _ in trial.series("valid_loss")] == [0, 0, 1, 0]
    loss, score = eval(trial.cell("with learn.no_bar():\n    print(list(learn.validate()))"))
    assert trial.series("validate/valid_loss") == [(0, loss)]
    assert trial.series("validate/accuracy") == [(0, score)]


def test_fastai_gives_the_same_results_without_the_tracker(trial: Any) -> None:
    trial.cell(TABLE)
    trial.undisturbed(LEARN + "print(list(map(list, learn.recorder.values)), torch.rand(1).item())")
