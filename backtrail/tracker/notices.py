"""What the user is told: once, as a Python warning, and never as an exception."""

from __future__ import annotations

import sys
import warnings


class BacktrailWarning(UserWarning):
    """Something that was asked of Backtrail was not done; the message says what and why."""


_said: set[str] = set()


def say_once(message: str) -> None:
    """Warns with ``message``, the first time only, at the line of the user's code that led here."""
    if message in _said:
        return
    _said.add(message)
    try:
        warnings.warn(message, BacktrailWarning, stacklevel=_depth())
    except Warning:
        # The user turned warnings into errors, for their own code; a training loop does not end for ours.
        pass


def forget() -> None:
    """Lets everything be said again, as in a new session."""
    _said.clear()


def _depth() -> int:
    """The ``stacklevel``, seen from `say_once`, of the first frame that is not Backtrail's."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and str(frame.f_globals.get("__name__", "")).startswith("backtrail."):
        frame, level = frame.f_back, level + 1
    return level
