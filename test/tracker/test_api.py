"""The package as users and servers import it."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import backtrail
from backtrail.tracker import api
from backtrail.tracker.mlflow import Missing
from backtrail.tracker.notices import BacktrailWarning

ROOT = Path(__file__).parents[2]

# The parameters that MLflow's fluent calls have, as its documentation lists them.
MLFLOW = {
    "start_run": "run_id experiment_id run_name nested parent_run_id tags description log_system_metrics",
    "end_run": "status",
    "log_param": "key value synchronous",
    "log_params": "params synchronous run_id",
    "log_metric": "key value step synchronous timestamp run_id model_id dataset",
    "log_metrics": "metrics step synchronous run_id timestamp model_id dataset",
    "log_artifact": "local_path artifact_path run_id",
    "log_artifacts": "local_dir artifact_path run_id",
    "log_text": "text artifact_file run_id",
    "log_dict": "dictionary artifact_file run_id",
    "log_figure": "figure artifact_file save_kwargs",
    "log_image": "image artifact_file key step",
    "log_input": "dataset context tags model",
    "set_tag": "key value synchronous",
    "set_tags": "tags synchronous",
    "delete_tag": "key",
    "set_experiment": "experiment_name experiment_id",
    "get_artifact_uri": "artifact_path",
    "get_run": "run_id",
}


@pytest.mark.parametrize("name", sorted(MLFLOW))
def test_the_calls_take_what_mlflows_do(name: str) -> None:
    assert set(MLFLOW[name].split()) <= set(inspect.signature(getattr(backtrail, name)).parameters)


def test_every_public_name_is_there_and_documented() -> None:
    for name in api.__all__:
        assert getattr(backtrail, name).__doc__
    assert set(api.__all__) <= set(dir(backtrail))


def test_the_version_is_that_of_the_package() -> None:
    assert backtrail.__version__ == json.loads((ROOT / "package.json").read_text())["version"]


def test_importing_the_package_loads_no_part_of_the_tracker() -> None:
    code = "import sys, backtrail, backtrail.runlog; print([m for m in sys.modules if 'tracker' in m])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_tracker_needs_the_standard_library_only() -> None:
    code = "import backtrail.tracker.api, backtrail.tracker.summaries, backtrail.tracker.surroundings"
    options = [sys.executable, "-I", "-S", "-W", "error", "-c"]
    subprocess.run([*options, f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"], check=True)


@pytest.mark.parametrize(
    "path",
    [
        path.relative_to(ROOT)
        for part in ("tracker", "runlog")
        for path in (ROOT / "backtrail" / part).rglob("*.py")
    ],
    ids=str,
)
def test_what_lives_in_kernels_is_written_for_python_3_9(path: Path) -> None:
    source = (ROOT / path).read_text()
    ast.parse(source, feature_version=(3, 9))
    assert "from __future__ import annotations" in source or path.name == "__init__.py"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'log_metrik'"):
        backtrail.log_metrik  # noqa: B018
    assert not hasattr(backtrail, "__wrapped__")


def test_parts_of_mlflow_that_are_missing_do_nothing_and_say_so_once(recorded: Any) -> None:
    with pytest.warns(BacktrailWarning) as said:
        client = backtrail.MlflowClient()
        for version in client.search_model_versions("name = 'x'"):
            raise AssertionError(version)
        with backtrail.models.something():
            pass
        backtrail.sklearn.log_model(1)
        backtrail.sklearn.log_model(2)
    assert isinstance(client, Missing)
    assert [str(warning.message) for warning in said] == [
        "Backtrail has no MlflowClient(); the call does nothing.",
        "Backtrail has no MlflowClient.search_model_versions(); the call does nothing.",
        "Backtrail has no models.something(); the call does nothing.",
        "Backtrail has no sklearn.log_model(); the call does nothing.",
    ]


def test_autolog_of_a_library_is_accepted_and_said_once(recorded: Any) -> None:
    with pytest.warns(BacktrailWarning, match="not needed") as said:
        backtrail.autolog()
        backtrail.sklearn.autolog(log_models=False)
    assert len(said) == 1
