"""The command ``backtrail`` of the Python package: hands over to the command line, which is Node's.

``autoload`` is done here, since it needs to know where the tracker is installed and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__, autoload
from .node import find_node

_BUNDLE = Path(__file__).parent / "cli" / "backtrail.mjs"
_USAGE = "Usage: backtrail autoload on|off|status [--json]"
_USAGE_ERROR = 64
_UNAVAILABLE = 69


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 64 for a usage error, 69 where Node is missing."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["--version"]:
        print(__version__)
        return 0
    if words[:1] == ["autoload"]:
        return _autoload(words[1:])
    return _hand_over(words)


def _autoload(words: list[str]) -> int:
    as_json = "--json" in words
    rest = [word for word in words if word != "--json"]
    if "--help" in rest or "-h" in rest:
        print(f"{_USAGE}\n\nRecords every Python kernel of yours, also without JupyterLab; `off` ends that.")
        return 0
    actions = {"on": autoload.switch_on, "off": autoload.switch_off, "status": autoload.status}
    if len(rest) != 1 or rest[0] not in actions:
        print(_USAGE, file=sys.stderr)
        return _USAGE_ERROR
    try:
        state = actions[rest[0]]()
    except FileExistsError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    answer = {"on": state.on, "file": str(state.file), "message": state.message}
    print(json.dumps(answer) if as_json else state.message)
    return 0


def _hand_over(words: list[str]) -> int:
    node = find_node()
    if node is None:
        print(
            "This command needs Node 20.19 or newer: put `node` on PATH, or `pip install 'backtrail[cli]'`.",
            file=sys.stderr,
        )
        return _UNAVAILABLE
    if not _BUNDLE.exists():
        print(f"{_BUNDLE} is missing: build it with `npm run build`.", file=sys.stderr)
        return _UNAVAILABLE
    command = [node, str(_BUNDLE), *words]
    if os.name == "posix":
        # In place of this process, so that signals and closed pipes need nobody to pass them on.
        os.execv(node, command)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
