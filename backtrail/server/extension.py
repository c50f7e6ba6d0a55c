"""Adding the extension to a Jupyter Server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from traitlets import Bool, List, Unicode
from traitlets.config import LoggingConfigurable

import backtrail

from . import hashseed
from .handlers import routes
from .handlers.base import SETTING
from .service import Service


class Backtrail(LoggingConfigurable):
    """What can be set in ``jupyter_server_config``."""

    directories = List(
        Unicode(),
        help="""Folders outside the server's root whose runs may be shown. A folder named here is either a
        ``runs`` folder or has some below it.""",
    ).tag(config=True)

    hash_seed = Bool(
        True,
        help="""Whether Python kernels without PYTHONHASHSEED get a random one. The order of sets depends
        on it, and a script exported from a run can repeat that order only when the seed is known.""",
    ).tag(config=True)


def load(server: Any) -> None:
    """Adds the handlers, and tells the page where the tracker is."""
    app = server.web_app
    settings = Backtrail(parent=server)
    service = Service(server.root_dir, settings.directories, server.log)
    app.settings[SETTING] = service
    app.settings.setdefault("page_config_data", {}).update(
        backtrailVersion=backtrail.__version__,
        backtrailLocation=str(Path(backtrail.__file__).parents[1]),
        backtrailRoot=str(service.places.root),
    )
    (hashseed.install if settings.hash_seed else hashseed.uninstall)(server)
    app.add_handlers(".*$", routes(app.settings["base_url"]))
