"""What all Python tests share: they run apart from everything of the user, and can be tried again alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from jupyter_client.provisioning import LocalProvisioner

pytest_plugins = ("pytest_jupyter.jupyter_server",)

# How long an example takes is no property of what is tested.
settings.register_profile(
    "unhurried", parent=settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def apart_from_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads the user's settings or leaves a note in the user's folders; processes inherit that."""
    home = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        for name in ("BACKTRAIL", "BACKTRAIL_DIR", "JUPYTER_TOKEN", "JPY_SESSION_NAME"):
            patch.delenv(name, raising=False)
        # Whoever manages a kernel kills it where it is slow to end: usually after 2.5 seconds.
        patch.setattr(LocalProvisioner, "get_shutdown_wait_time", lambda self, recommended=5.0: 240.0)
        yield


# What scripts/setup/again.mjs needs to try once more what failed while other rows ran beside it.
_failed: dict[str, None] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-failed", metavar="FILE", help="write the ids of the tests that fail, as JSON")
    parser.addoption("--only-failed", metavar="FILE", help="run only the tests in such a file")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        _failed[report.nodeid] = None


def pytest_sessionfinish(session: pytest.Session) -> None:
    path = session.config.getoption("note_failed")
    if path is not None:
        Path(path).write_text(json.dumps(list(_failed)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    path = config.getoption("only_failed")
    if path is None:
        return
    failed = set(json.loads(Path(path).read_text()))
    # Tests that share what they did belong together: alone, some would fail, and others prove nothing.
    files = {item.path for item in items if item.nodeid in failed and item.get_closest_marker("together")}
    kept = [item for item in items if item.nodeid in failed or item.path in files]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
