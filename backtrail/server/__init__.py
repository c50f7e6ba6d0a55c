"""The server extension: lists runs, follows logs, thins series out, takes edits (docs/server.md)."""

from __future__ import annotations

from typing import Any

from backtrail import __version__

__all__ = ["__version__"]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "backtrail.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from .extension import load  # noqa: PLC0415 - extensions are listed without loading them

    load(server)
