"""What all Python tests share: they run apart from everything of the user."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest_plugins = ("pytest_jupyter.jupyter_server",)


@pytest.fixture(scope="session", autouse=True)
def apart_from_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads the user's settings or leaves a note in the user's folders; processes inherit that."""
    home = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        for name in ("BACKTRAIL", "BACKTRAIL_DIR", "JUPYTER_TOKEN", "JPY_SESSION_NAME"):
            patch.delenv(name, raising=False)
        yield
