"""Each source of metrics can be switched off: nothing of its library is recorded then."""

from __future__ import annotations

from typing import Any

import pytest

DATA = "import numpy as np\nX = np.random.default_rng(0).normal(size=(60, 3)); y = (X[:, 0] > 0).astype(int)"

CELLS = {
    "sklearn": (
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.model_selection import cross_val_score\n"
        "model = LogisticRegression(C=float(3)).fit(X, y)\n"
        "_ = cross_val_score(model, X, y), model.score(X, y)"
    ),
    "keras": (
        "import keras\nnet = keras.Sequential([keras.layers.Dense(1)])\n"
        "net.compile('sgd', 'mse'); _ = net.fit(X, y, epochs=1, verbose=0); _ = net.evaluate(X, y, verbose=0)"
    ),
    "backward": (
        "import torch\nlayer = torch.nn.Linear(3, 1); sgd = torch.optim.SGD(layer.parameters(), lr=0.1)\n"
        "for _ in range(3):\n"
        "    loss = layer(torch.tensor(X, dtype=torch.float32)).pow(2).mean()\n"
        "    loss.backward(); sgd.step()\n"
        "del loss"
    ),
    "xgboost": (
        "import xgboost\nrows = xgboost.DMatrix(X, y)\n"
        "_ = xgboost.train({'eta': 0.5}, rows, 2, evals=[(rows, 'train')], verbose_eval=False)"
    ),
    "lightgbm": (
        "import lightgbm\nrows = lightgbm.Dataset(X, y)\n"
        "_ = lightgbm.train({'objective': 'binary', 'verbosity': -1}, rows, 2, valid_sets=[rows])"
    ),
    "catboost": (
        "import catboost\n"
        "_ = catboost.CatBoostClassifier(iterations=2, verbose=0, allow_writing_files=False)"
        ".fit(X, y, eval_set=(X, y))"
    ),
    "tqdm": (
        "from tqdm import tqdm\nbar = tqdm(range(3))\nfor i in bar: bar.set_postfix(loss=1 / (i + 1.5))"
    ),
    "statsmodels": "import statsmodels.api as sm\n_ = str(sm.OLS(X[:, 0], X[:, 1:]).fit().summary())",
    "lifelines": (
        "import lifelines, pandas\n"
        "table = pandas.DataFrame({'t': np.arange(1, 61), 'e': y, 'x': X[:, 0]})\n"
        "lifelines.CoxPHFitter().fit(table, 't', 'e').print_summary()"
    ),
    "mlflow": (
        "import mlflow; mlflow.set_tracking_uri('file:./mlruns')\n"
        "with mlflow.start_run(): mlflow.log_metric('rmse', 0.5); mlflow.log_param('depth', 3)"
    ),
    "tensorboard": (
        "from torch.utils.tensorboard import SummaryWriter\n"
        "with SummaryWriter('logs') as writer: writer.add_scalar('rmse', 0.5, 1)"
    ),
}
OFF = [*CELLS, "torch", "printed", "variable", "table", "last expression"]


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"BACKTRAIL_CAPTURE_OFF": ",".join(OFF), "MLFLOW_ALLOW_FILE_STORE": "true"}


@pytest.mark.parametrize("origin", CELLS)
def test_nothing_comes_from_a_source_that_is_switched_off(trial: Any, origin: str) -> None:
    trial.cell(DATA)
    trial.cell(CELLS[origin])
    trial.cell("pass")
    assert trial.origins == {}
    assert {event["origin"] for event in trial.events("param")} <= {"name", "config", "call"}
    assert not [text for text in trial.warnings if "not as Backtrail knows it" in text]
