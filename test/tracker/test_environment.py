"""The packages of the environment these tests run in."""

from __future__ import annotations

from importlib import metadata

import pytest

from backtrail.tracker import environment


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
    described = environment.describe()
    assert described["variables"]["OMP_NUM_THREADS"] == "3"
    assert "never" not in str(described)
