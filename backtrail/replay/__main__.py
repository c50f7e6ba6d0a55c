"""``python -m backtrail.replay SCRIPT --into DIR``: plays an exported script, and records it."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path

FAILED = 1
UNREADABLE = 2
TIMED_OUT = 124


def main() -> int:
    """Plays the script; 0 when all its cells ran, 1 when one raised, 2 when it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m backtrail.replay", description=__doc__)
    parser.add_argument("script", type=Path)
    parser.add_argument("--into", type=Path, required=True, help="the folder of runs that it is recorded in")
    parser.add_argument("--notebook", default="replay.ipynb", help="the name of the notebook, for the record")
    parser.add_argument("--protect", action="append", default=[], help="a folder that nothing is to change")
    parser.add_argument("--scene", type=Path, help="a file that says which files are to stand where")
    parser.add_argument("--timeout", type=float, help="seconds after which it is given up")
    options = parser.parse_args()
    # Not to be found by the script: it imports what a notebook in this folder would.
    _forget(os.environ.pop("BACKTRAIL_REPLAY_PATH", ""))
    from ..runlog import layout  # noqa: PLC0415
    from ..tracker.place import Place  # noqa: PLC0415
    from .guard import protect  # noqa: PLC0415
    from .player import Player  # noqa: PLC0415
    from .scene import Scene  # noqa: PLC0415

    into = options.into.absolute()
    script = options.script.absolute()
    if options.timeout:
        timer = threading.Timer(options.timeout, os._exit, (TIMED_OUT,))
        timer.daemon = True
        timer.start()
    folders = options.protect
    figures = ["png"]
    try:
        if options.scene:
            scene = Scene(options.scene, into.with_name("tree"))
            scene.set()
            layout.replace_json(into.with_name("changed.json"), scene.changed)
            folders += scene.protect
            figures = scene.figures
            os.chdir(scene.cwd)
        place = Place(Path.cwd() / options.notebook, into)
        player = Player(script, place, figures=figures)
    except (OSError, SyntaxError, ValueError) as error:
        print(f"{options.script} cannot be played: {error}.", file=sys.stderr)
        return UNREADABLE
    protect(folders)
    return 0 if player.play() else FAILED


def _forget(folder: str) -> None:
    # The current folder stays: `python -m` puts it first, as a notebook does.
    if folder and folder in sys.path:
        sys.path.remove(folder)


if __name__ == "__main__":
    sys.exit(main())
