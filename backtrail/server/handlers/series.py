"""Points of a run's metrics, as many as a plot has pixels for."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from backtrail.runlog import ids, layout

from ..follow_series import width_of
from ..series import thinned
from ..wire import parse
from .base import BacktrailHandler, Refusal, no_such_run


class SeriesHandler(BacktrailHandler):
    """``GET runs/<id>/series``."""

    @authenticated
    @authorized
    async def get(self, run_id: str) -> None:
        folder = await self.service.locate(run_id) if ids.is_id(run_id) else None
        if folder is None:
            raise no_such_run(run_id)
        keys = self._keys()
        width = width_of(self._number("width", 600))
        first, last = self._number("from", -math.inf), self._number("to", math.inf)
        try:
            path = file_of(self.get_query_argument("of", ""))(folder, run_id)
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        try:
            file = await self.service.series.file(path)
        except OSError as error:
            raise Refusal(403, f"{path} cannot be read: {error.strerror or error}.") from None
        self.answer({"series": thinned(file, keys, width, first, last)})

    def _keys(self) -> list[str] | None:
        text = self.get_query_argument("keys", "")
        if not text:
            return None
        try:
            return keys_of(parse(text.encode()))
        except ValueError:
            raise Refusal(400, 'keys is a list of names in JSON, like keys=["loss"].') from None

    def _number(self, name: str, default: float) -> float:
        text = self.get_query_argument(name, "")
        try:
            return float(text) if text else default
        except ValueError:
            raise Refusal(400, f"{name} is a number.") from None


def file_of(value: object) -> Callable[[Path, str], Path]:
    """Where the points are, from what a client says: the run's metrics, or those of the system.

    Raises:
        ValueError: it is neither.
    """
    if value in (None, "", "metrics"):
        return layout.metrics_path
    if value == "system":
        return layout.system_path
    raise ValueError("Series are of metrics or of the system.")


def keys_of(value: object) -> list[str] | None:
    """Names of metrics from what a client says; None means all.

    Raises:
        ValueError: it is neither a list of texts nor null.
    """
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise ValueError("Names of metrics are a list of texts.")
    return list(dict.fromkeys(value))
