"""``python -m backtrail.replay SCRIPT --into DIR``: plays an exported script, and records it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

START = """
import os, sys
sys.path.insert(0, os.environ["BACKTRAIL_REPLAY_PATH"])
from backtrail.replay.__main__ import main
sys.exit(main())
"""
"""Starts this from a folder that the interpreter does not look in for packages."""

FAILED = 1
UNREADABLE = 2
TIMED_OUT = 124


def main() -> int:
    """Plays the script; 0 when all its cells ran, 1 when one raised, 2 when it cannot be played."""
    parser = argparse.ArgumentParser(prog="python -m backtrail.replay", description=__doc__)
    parser.add_argument("script", type=Path)
    parser.add_argument("--into", type=Path, required=True, help="the folder of runs that it is recorded in")
    parser.add_argument("--notebook", default="replay.ipynb", help="the name of the notebook, for the record")
    parser.add_argument("--protect", action="append", default=[], help="a folder that nothing is to change")
    parser.add_argument("--scene", type=Path, help="a file that says which files are to stand where")
    parser.add_argument("--timeout", type=float, help="seconds after which it is given up")
    parser.add_argument(
        "--fresh", type=Path, help="a folder of environments, one of which the scene asks for"
    )
    options = parser.parse_args()
    # Not to be found by the script: it imports what a notebook in this folder would.
    _forget(os.environ.pop("BACKTRAIL_REPLAY_PATH", ""))
    from ..runlog import layout  # noqa: PLC0415
    from ..tracker.place import Place  # noqa: PLC0415
    from .environment import BuildError  # noqa: PLC0415
    from .guard import give_way, protect  # noqa: PLC0415
    from .player import Player  # noqa: PLC0415
    from .relocated import moved  # noqa: PLC0415
    from .scene import Scene  # noqa: PLC0415

    into = options.into.absolute()
    script = options.script.absolute()
    if options.timeout:
        timer = threading.Timer(options.timeout, os._exit, (TIMED_OUT,))
        timer.daemon = True
        timer.start()
    folders = options.protect
    made: set[str] = set()
    figures = ["png"]
    try:
        if options.fresh and options.scene:
            return _play_in_fresh(options, into)
        if options.scene:
            tree = into.with_name("tree")
            scene = Scene(options.scene, tree)
            scene.set()
            moved(tree)
            layout.replace_json(into.with_name("changed.json"), scene.changed)
            folders += scene.protect
            made = scene.made
            figures = scene.figures
            os.chdir(scene.cwd)
        place = Place(Path.cwd() / options.notebook, into)
        player = Player(script, place, figures=figures)
    except BuildError as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except (OSError, SyntaxError, ValueError) as error:
        print(f"{options.script} cannot be played: {error}.", file=sys.stderr)
        return UNREADABLE
    protect(folders)
    give_way(made)
    return 0 if player.play() else FAILED


def _play_in_fresh(options: argparse.Namespace, into: Path) -> int:
    """Goes on with the interpreter of the environment that the scene asks for, in this same process."""
    from .environment import Wanted, build, without_packages  # noqa: PLC0415

    os.environ["PYTHONPATH"] = without_packages(os.environ.get("PYTHONPATH", ""))
    wanted = Wanted(json.loads(options.scene.read_text(encoding="utf-8")).get("environment"))
    building = into.with_name("building")
    building.touch()
    python = build(wanted, options.fresh.absolute())
    building.unlink()
    words = [str(options.script), "--into", str(options.into), "--notebook", options.notebook]
    words += ["--scene", str(options.scene)]
    words += ["--timeout", str(options.timeout)] if options.timeout else []
    words += [word for folder in options.protect for word in ("--protect", folder)]
    os.environ["BACKTRAIL_REPLAY_PATH"] = str(Path(__file__).parents[2])
    if sys.platform == "win32":
        # Its `execv` would not be waited for.
        return subprocess.call([python, "-c", START, *words])
    os.execv(python, [python, "-c", START, *words])


def _forget(folder: str) -> None:
    # The current folder stays: `python -m` puts it first, as a notebook does.
    if folder and folder in sys.path:
        sys.path.remove(folder)


if __name__ == "__main__":
    sys.exit(main())
