"""A script that is run by hand where Backtrail is installed records itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_OFF = frozenset({"off", "0", "no", "false"})


def take_over(script: str, run: str, notebook: str) -> None:
    """Plays ``script``, the one that calls this, as a repetition of ``run``, and ends the process.

    Returns at once where it is played already, or nothing is to be recorded. The record goes where that of
    ``notebook`` would go, in the current folder.
    """
    if f"{__package__}.player" in sys.modules or os.environ.get("BACKTRAIL", "").strip().lower() in _OFF:
        return
    from ..tracker import place  # noqa: PLC0415
    from .player import Player  # noqa: PLC0415

    try:
        where = place.find(str(Path.cwd() / notebook), "", None)
        player = Player(Path(script), where, run)
    except (OSError, SyntaxError, ValueError):
        # What cannot be played, as a script from a pipe, runs as it is.
        return
    sys.exit(0 if player.play() else 1)
