"""The recorder of this process: there is one at most."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import series

if TYPE_CHECKING:
    from .recorder import Recorder

_recorder: Recorder | None = None
_inherited: Recorder | None = None
_forked = False


def recorder() -> Recorder | None:
    """The recorder that is at work, or None."""
    return _recorder


def use(new: Recorder | None) -> None:
    """Makes ``new`` the recorder of this process."""
    global _recorder
    series.halt()
    _recorder = new


def inherited() -> Recorder | None:
    """In a child that was forked from the process that records: the recorder of that. It must not be used."""
    return _inherited


def in_fork() -> bool:
    """Whether this is a child that was forked from the process that records. It must not write."""
    return _forked


def _after_fork() -> None:
    """In a child: the log belongs to the parent, whatever descriptors were inherited."""
    global _recorder, _inherited, _forked
    _inherited = _recorder
    if _recorder is not None:
        _recorder = None
        _forked = True
    series.halt()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
