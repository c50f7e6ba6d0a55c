"""Notebooks executed without a browser, and scripts without a notebook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[2]

TUTORIAL = [
    "%load_ext backtrail",
    "import backtrail as mlflow\nimport numpy as np\n"
    "mlflow.set_tracking_uri('http://127.0.0.1:5000')\n"
    "experiment = mlflow.set_experiment('MLflow Quickstart')\n"
    "mlflow.sklearn.autolog()",
    "from sklearn.datasets import load_digits\n"
    "from sklearn.linear_model import SGDClassifier\n"
    "from sklearn.metrics import log_loss\n"
    "X, y = load_digits(return_X_y=True)\n"
    "params = {'alpha': 1e-4, 'loss': 'log_loss', 'random_state': 8888}",
    "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\n"
    "with mlflow.start_run(run_name='sgd', tags={'stage': 'try'}) as run:\n"
    "    mlflow.log_params(params)\n"
    "    model = SGDClassifier(**params)\n"
    "    for epoch in range(5):\n"
    "        model.partial_fit(X / 16, y, classes=np.unique(y))\n"
    "        mlflow.log_metric('accuracy', model.score(X / 16, y), step=epoch)\n"
    "        loss = log_loss(y, model.predict_proba(X / 16))\n"
    "        mlflow.log_metrics({'loss': loss, 'epoch': epoch}, step=epoch)\n"
    "    mlflow.set_tag('Training Info', 'Basic SGD model')\n"
    "    figure, axes = plt.subplots()\n"
    "    axes.plot([1, 2, 3])\n"
    "    mlflow.log_figure(figure, 'plots/line.png')\n"
    "    mlflow.log_dict({'classes': list(range(10))}, 'classes.json')\n"
    "    mlflow.log_text('notes', 'notes.txt')\n"
    "    with open('report.csv', 'w') as file: file.write('a,b')\n"
    "    mlflow.log_artifact('report.csv', artifact_path='reports')\n"
    "    signature = mlflow.models.infer_signature(X, model.predict(X))\n"
    "    info = mlflow.sklearn.log_model(sk_model=model, name='model', signature=signature)",
    "assert mlflow.active_run() is None or mlflow.active_run().info.run_id != run.info.run_id\n"
    "data = run.data\n"
    "(run.info.status, data.params['alpha'], round(data.metrics['epoch']), run.info.artifact_uri != '')",
]


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BACKTRAIL", "JPY"))}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "JUPYTER_DATA_DIR": str(folder / "jupyter-data"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


def execute(folder: Path, name: str, sources: list[str]) -> Any:
    """Runs a notebook by nbclient's command line, and returns it as executed."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    path = folder / name
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    command = [sys.executable, "-c", "from nbclient.cli import main; main()", "--inplace", str(path)]
    done = subprocess.run(
        command, env=environment(folder), cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    return nbformat.read(path, as_version=4)


def log(folder: Path, name: str) -> list[dict[str, Any]]:
    (path,) = (folder / "runs" / name / "sessions").glob("*.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_notebook_written_for_mlflow_runs_and_is_recorded_whole(tmp_path: Path) -> None:
    executed = execute(tmp_path, "tutorial.ipynb", TUTORIAL)
    result = executed.cells[-1].outputs[-1]["data"]["text/plain"]
    assert result == "('FINISHED', '0.0001', 4, True)"
    said = "".join(o.get("text", "") for cell in executed.cells for o in cell.outputs)
    for words in ("set_tracking_uri() changes nothing", "autolog() is not needed", "no sklearn.log_model()"):
        assert said.count(words) == 1

    events = log(tmp_path, "tutorial")
    starts = [event for event in events if event["event"] == "cell_start"]
    assert [start["source"] for start in starts] == TUTORIAL
    assert [event["status"] for event in events if event["event"] == "cell_end"] == ["finished"] * 5
    (path,) = [p for p in (tmp_path / "runs/tutorial").glob("*/run.json")]
    summary = json.loads(path.read_bytes())
    assert (summary["name"], summary["experiment"], summary["status"]) == (
        "sgd", "MLflow Quickstart", "finished",
    )  # fmt: skip
    captured = summary["origins"]["params"]
    logged = {key: value for key, value in summary["params"].items() if key not in captured}
    assert logged == {"alpha": 1e-4, "loss": "log_loss", "random_state": 8888}
    assert summary["metrics"]["accuracy"]["count"] == summary["metrics"]["loss"]["count"] == 5
    assert summary["metrics"]["epoch"]["step"] == 4
    assert summary["tags"] == {"stage": "try", "Training Info": "Basic SGD model"}
    names = [artifact["name"] for artifact in summary["artifacts"]]
    assert names == ["plots/line.png", "classes.json", "notes.txt", "reports/report.csv"]
    for name in names:
        assert (path.parent / "artifacts" / name).stat().st_size > 0
    assert events[-1]["event"] == "session_end"


def test_the_cell_that_loads_the_extension_is_recorded_with_what_it_logs(tmp_path: Path) -> None:
    source = "x = 1\n%load_ext backtrail\nimport backtrail\nbacktrail.log(a=1.0)"
    execute(tmp_path, "small.ipynb", [source, "2"])
    events = log(tmp_path, "small")
    starts = [event for event in events if event["event"] == "cell_start"]
    assert [start["source"] for start in starts] == [source, "2"]
    assert [event["count"] for event in events if event["event"] == "cell_end"] == [1, 2]
    (points,) = (tmp_path / "runs/small").glob("*/metrics.jsonl")
    assert json.loads(points.read_text())["cell"] == 1


def test_a_call_attaches_by_itself_where_nobody_else_did(tmp_path: Path) -> None:
    execute(tmp_path, "plain.ipynb", ["1", "import backtrail\nbacktrail.log_param('a', 1)", "2"])
    events = log(tmp_path, "plain")
    kinds = [event["event"] for event in events if event["event"] in ("cell_start", "cell_end", "param")]
    assert kinds == ["cell_start", "param", "cell_end", "cell_start", "cell_end"]


@pytest.mark.parametrize(
    ("ending", "code", "status"),
    [("", 0, "finished"), ("raise ValueError('no')", 1, "failed"), ("raise SystemExit(0)", 0, "finished")],
)
def test_a_script_is_a_session_of_its_own(tmp_path: Path, ending: str, code: int, status: str) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "import backtrail, threading\nbacktrail.log_param('lr', 0.1)\n"
        "for i in range(10): backtrail.log_metric('loss', 1 / (i + 1))\n"
        f"assert threading.active_count() == 1\n{ending}\n"
    )
    done = subprocess.run([sys.executable, str(script)], env=environment(tmp_path), cwd=tmp_path, check=False)
    assert done.returncode == code
    events = log(tmp_path, "train")
    kinds = [event["event"] for event in events]
    assert kinds[0] == "session" and kinds[-1] == "session_end" and "environment" in kinds
    (start,) = [event for event in events if event["event"] == "run_start"]
    assert (start["cell"], start["opened"]) == (0, "first cell")
    (summary,) = (tmp_path / "runs/train").glob("*/run.json")
    summary = json.loads(summary.read_bytes())
    assert (summary["status"], summary["metrics"]["loss"]["count"]) == (status, 10)


def test_runs_and_which_answer_from_the_log(tmp_path: Path) -> None:
    script = tmp_path / "ask.py"
    script.write_text(
        "import backtrail\n"
        "for lr in (0.1, 0.01):\n"
        "    with backtrail.start_run(f'lr {lr}', params={'lr': lr}) as run:\n"
        "        backtrail.log_text(f'model of {lr}', 'model.txt')\n"
        "        backtrail.log(loss=lr)\n"
        "open('copy.txt', 'w').write('model of 0.1')\n"
        "(found,) = backtrail.which('copy.txt')\n"
        "assert (found['name'], found['how'], found['path']) == ('lr 0.1', 'artifact', 'model.txt'), found\n"
        "assert backtrail.which(__file__) == []\n"
        "import os\n"
        "os.mkdir('models'); os.mkdir('models/old'); os.mkfifo('models/pipe')\n"
        "open('models/old/renamed.txt', 'w').write('model of 0.01')\n"
        "(found,) = backtrail.which('models')\n"
        "assert (found['file'], found['name']) == ('old/renamed.txt', 'lr 0.01'), found\n"
        "assert backtrail.which('models/pipe') == []\n"
        "assert [use['file'] for use in backtrail.which('.')] == ['copy.txt', 'models/old/renamed.txt']\n"
        "listed = backtrail.runs()\n"
        "assert [run['name'] for run in listed] == ['lr 0.01', 'lr 0.1']\n"
        "assert [run['metrics']['loss']['last'] for run in listed] == [0.01, 0.1]\n"
        "assert len(backtrail.runs(root='runs')) == len(backtrail.runs(root='.')) == 2\n"
        "assert backtrail.get_tracking_uri().startswith('file://')\n"
    )
    subprocess.run([sys.executable, str(script)], env=environment(tmp_path), cwd=tmp_path, check=True)
