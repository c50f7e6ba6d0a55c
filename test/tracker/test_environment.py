"""The environment these tests run in: packages, variables, machine, threads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from backtrail.tracker import environ, environment

ROOT = Path(__file__).parents[2]


def test_every_installed_distribution_is_listed_with_its_version() -> None:
    found = environment.Packages().read()
    for name in ("numpy", "scikit-learn", "jupyterlab", "pytest"):
        assert found[name] == metadata.version(name)
    assert len(found) == len({d.metadata["Name"] for d in metadata.distributions()})


def test_modules_are_traced_to_the_distributions_that_bring_them() -> None:
    packages = environment.Packages()
    packages.read()
    found = packages.of_modules({"sklearn", "numpy", "PIL", "zmq", "no_such_module"})
    assert {"scikit-learn", "numpy", "pyzmq"} <= found.keys()


def test_modules_of_the_standard_library_and_of_the_user_are_not_distributions() -> None:
    assert environment.top_level(["os.path", "json", "__main__", "numpy.random", "numpy"]) == {"numpy"}


def test_only_variables_that_change_results_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.setenv("SECRET_TOKEN", "never")
    described = environment.describe(environ.variables())
    assert described["variables"]["OMP_NUM_THREADS"] == "3"
    assert "never" not in str(described)


def test_a_hash_seed_that_is_set_too_late_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "424242")
    assert environ.variables()["PYTHONHASHSEED"] != "424242"


@pytest.mark.parametrize("given", ["7", "0", "random", None])
def test_the_hash_seed_is_the_one_that_the_process_was_started_with(given: str | None) -> None:
    found = alone(
        "from backtrail.tracker import environ; print(environ.variables()['PYTHONHASHSEED'])",
        PYTHONHASHSEED=given,
    )
    assert found == str(given)


def test_an_interpreter_that_ignores_the_environment_has_no_hash_seed() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from backtrail.tracker import environ; "
    found = subprocess.run(
        [sys.executable, "-E", "-c", code + "print(environ.variables()['PYTHONHASHSEED'])"],
        env={**os.environ, "PYTHONHASHSEED": "3"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == "None"


def test_the_time_zone_is_that_of_the_variable_or_else_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environ.time_zone({"TZ": ":Europe/Berlin"}) == "Europe/Berlin"
    links = {
        "/usr/share/zoneinfo/Asia/Tokyo": "Asia/Tokyo",
        "/var/db/timezone/zoneinfo/America/Argentina/Salta": "America/Argentina/Salta",
        "/usr/share/zoneinfo/posix/UTC": "UTC",
        "/etc/localtime": None,
    }
    for path, zone in links.items():
        with monkeypatch.context() as patched:
            patched.setattr(os.path, "realpath", lambda _, path=path: path)
            assert environ.time_zone({}) == zone
    assert environment.describe({"TZ": "Asia/Tokyo"})["time_zone"] == "Asia/Tokyo"


def test_the_machine_is_described() -> None:
    described = environment.describe({})
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert described["cpu"]["count"] == cores
    assert described["cpu"]["model"]
    assert described["memory"] >= 1 << 28
    assert described["venv"] == (sys.prefix if sys.prefix != sys.base_prefix else None)
    assert isinstance(described["gpus"], list)


def test_threads_of_numpy_are_those_it_was_told_to_use() -> None:
    code = "import numpy; from backtrail.tracker.system import threads; print(threads.counts())"
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # It takes no more than there are processors for it.
    for wanted in ("1", "2")[:here]:
        found = ast.literal_eval(alone(code, OPENBLAS_NUM_THREADS=wanted, OMP_NUM_THREADS=wanted))
        assert [count for name, count in found.items() if name.endswith("openblas")] == [int(wanted)]


def test_what_is_not_loaded_is_not_asked_for_its_threads() -> None:
    code = "import sys; from backtrail.tracker.system import threads; print(threads.counts(), *sys.modules)"
    found = alone(code)
    assert found.startswith("{} ")
    assert "numpy" not in found


def test_a_conda_environment_is_told_by_what_conda_leaves_in_it_and_not_by_who_started_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONDA_PREFIX", "/elsewhere")
    assert environment.describe({})["conda"] is None
    (tmp_path / "conda-meta").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert environment.describe({})["conda"] == str(tmp_path)


def alone(code: str, **variables: str | None) -> str:
    """What a process of its own prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    given = {name: value for name, value in environment.items() if value is not None}
    if variables.get("PYTHONHASHSEED", "") is None:
        given.pop("PYTHONHASHSEED", None)
    done = subprocess.run([sys.executable, "-c", code], env=given, check=True, capture_output=True, text=True)
    return done.stdout.strip()
