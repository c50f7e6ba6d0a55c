"""Paths as Python's functions are given them."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

from ..callees import is_a
from ..namespace import module_of


def text_of(path: Any) -> str | None:
    """A path as text, without running code of a class of the user's."""
    if is_a(path, str):
        return str.__str__(path)
    if type(path) is bytes:
        return os.fsdecode(path)
    if is_a(path, PurePath) and module_of(type(path)).partition(".")[0] == "pathlib":
        return str(path)
    return None


def working_directory() -> str | None:
    """The present one; None when it was removed."""
    try:
        return os.getcwd()
    except OSError:
        return None
