"""Hyperparameters of a real kernel: recorded by themselves, and before the training begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LOOP = """for epoch in range(epochs):
    w = w - lr * (w - 3.0)
"""


def captured(kernel: Any, run: str | None = None) -> dict[str, Any]:
    """The params of the latest run, or of ``run``, with their values."""
    run = run or kernel.run_ids()[-1]
    return {event["key"]: event["value"] for event in kernel.events("param") if event["run"] == run}


def test_names_that_flow_into_training_are_recorded_though_nobody_logs(tracked: Any) -> None:
    tracked.run("lr = 0.1\nepochs = 5\nbest = 0.0\nw = 0.0\npath = 'data/w.csv'")
    assert tracked.events("param") == []
    tracked.run(LOOP, cell="train")
    (start,) = tracked.events("run_start")
    params = {event["key"]: event for event in tracked.events("param")}
    assert {key: event["value"] for key, event in params.items()} == {"lr": 0.1, "epochs": 5}
    assert {event["origin"] for event in params.values()} == {"name"}
    assert {event["cell"] for event in params.values()} == {2}
    assert params["lr"]["run"] == start["run"]


def test_they_are_on_the_disk_before_the_cell_runs_even_if_it_kills_the_kernel(tracked: Any) -> None:
    tracked.run("lr = 0.1\nepochs = 5\nw = 1.0")
    tracked.send("batch_size = 32\nimport os\n" + LOOP + "    os.kill(os.getpid(), 9)", cell="train")
    tracked.eventually(lambda: "epochs" in captured(tracked))
    assert captured(tracked) == {"lr": 0.1, "epochs": 5}


def test_a_cell_that_fails_leaves_its_params(tracked: Any) -> None:
    tracked.run("lr = 0.1\nepochs = 5\nw = 1.0")
    assert tracked.run("def train(steps=20):\n    1 / 0\n    return lr * steps\ntrain()").status == "error"
    assert captured(tracked) == {"lr": 0.1, "train.steps": 20}


def test_a_change_within_a_run_is_kept_as_a_change(tracked: Any) -> None:
    tracked.run("lr = 0.1\nepochs = 5\nw = 1.0", cell="a")
    tracked.run(LOOP, cell="b")
    tracked.run("lr = 0.01", cell="c")
    tracked.run(LOOP + "# once more", cell="d")
    assert [event["value"] for event in tracked.events("param") if event["key"] == "lr"] == [0.1, 0.01]
    assert len(tracked.events("run_start")) == 1


def test_each_new_run_has_all_of_its_params(tracked: Any) -> None:
    tracked.run("from backtrail import log_metric\nlr = 0.1\nepochs = 5\nw = 1.0", cell="a")
    train = LOOP + "    log_metric('loss', (w - 3.0) ** 2)"
    tracked.run(train, cell="b")
    tracked.run("lr = 0.5", cell="c")
    tracked.run(train, cell="b")
    first, second = tracked.run_ids()
    assert captured(tracked, first) == {"lr": 0.1, "epochs": 5}
    assert captured(tracked, second) == {"lr": 0.5, "epochs": 5}


def test_what_the_user_logs_stays(tracked: Any) -> None:
    tracked.run("from backtrail import log_param\nlr = 0.1\nepochs = 5\nw = 1.0\nlog_param('lr', 'my own')")
    tracked.run(LOOP)
    assert captured(tracked) == {"lr": "my own", "epochs": 5}


def test_what_the_user_logs_of_a_configuration_is_not_written_beside_it(tracked: Any) -> None:
    tracked.run("from backtrail import log_params\nparams = {'rate': 0.1, 'momentum': 0.5}\nw = 1.0")
    train = "log_params(params)\nfor epoch in range(3):\n    w -= params['rate'] * (w + params['momentum'])"
    tracked.run(train)
    assert captured(tracked) == {"rate": 0.1, "momentum": 0.5, "epochs": 3}


def test_the_values_are_those_of_the_namespace(tracked: Any) -> None:
    tracked.run(
        "import os\nlr = float(os.environ.get('NO_SUCH_RATE', 0.25))\nepochs = 2 if lr > 1 else 3\nw = 1.0"
    )
    tracked.run(LOOP)
    assert captured(tracked) == {"lr": 0.25, "epochs": 3}


def test_a_configuration_is_read_as_it_is_when_training_begins(tracked: Any) -> None:
    tracked.run(
        "from types import SimpleNamespace\ncfg = SimpleNamespace(lr=0.1, opt=SimpleNamespace(decay=0.5))"
    )
    tracked.run("cfg.lr = 0.2\ncfg.epochs = 3\ncfg.output_dir = 'out'")
    tracked.run("w = 0.0\nfor epoch in range(cfg.epochs):\n    w = w - cfg.lr * (w - 3.0)")
    assert captured(tracked) == {"lr": 0.2, "opt.decay": 0.5, "epochs": 3}


def test_objects_of_the_users_are_asked_for_nothing(tracked: Any) -> None:
    hostile = """class Trap:
    def __getattribute__(self, name):
        raise SystemExit
    __eq__ = __len__ = __repr__ = __hash__ = __iter__ = __getattribute__
class Kind(type):
    def __getattribute__(cls, name):
        raise SystemExit
class Quiet(metaclass=Kind):
    lr = 3
trap = Trap(); config = Trap(); quiet = Quiet()
lr = 0.1; epochs = 5; w = 1.0"""
    assert tracked.run(hostile).status == "ok"
    answer = tracked.run(
        "for epoch in range(epochs):\n    w = w - lr * (w - 3.0)\n    (trap, config, Quiet, quiet)"
    )
    assert (answer.status, answer.text) == ("ok", "")
    assert captured(tracked)["lr"] == 0.1
    assert not [event for event in tracked.events("warning") if "(Hyperparameters)" in event["message"]]


def test_a_cell_of_parameters_is_recorded_as_it_stands(tracked: Any) -> None:
    tracked.run("# Parameters\nalpha = 0.5\ndataset = 'iris'\nseed = 3\nout_path = 'x.csv'")
    assert captured(tracked) == {"alpha": 0.5, "dataset": "iris", "seed": 3}
    assert {event["origin"] for event in tracked.events("param")} == {"papermill"}


def test_cells_from_before_the_record_are_known(kernel: Any) -> None:
    kernel.run("lr = 0.1\nepochs = 5\nw = 1.0")
    assert kernel.attach()["state"] == "recording"
    kernel.run(LOOP)
    assert captured(kernel) == {"lr": 0.1, "epochs": 5}


@pytest.mark.parametrize("origin", ["name", "call"])
def test_an_origin_can_be_switched_off(start_kernel: Callable[..., Any], origin: str) -> None:
    kernel = start_kernel(BACKTRAIL_CAPTURE_OFF=origin)
    kernel.attach()
    kernel.run("lr = 0.1\ndef train(steps=20):\n    return lr * steps\ntrain()")
    assert captured(kernel) == ({"train.steps": 20} if origin == "name" else {"lr": 0.1})


def test_one_quantity_is_written_once_whatever_an_adapter_hears_of_it(tracked: Any) -> None:
    tracked.run(
        "from sklearn.linear_model import SGDClassifier\nfrom sklearn.datasets import load_iris\nrate = 0.03"
    )
    tracked.run(
        "X, y = load_iris(return_X_y=True)\n"
        "SGDClassifier(eta0=rate, learning_rate='constant', max_iter=7).fit(X, y)"
    )
    assert captured(tracked) == {
        "rate": 0.03, "SGDClassifier.learning_rate": "constant", "SGDClassifier.max_iter": 7,
    }  # fmt: skip
