"""What the magics of IPython, and shell lines, do with the names of a notebook."""

from __future__ import annotations

import ast
from typing import NamedTuple, Optional

_PYTHON = frozenset({"time", "timeit", "prun", "memit", "capture"})
"""They execute Python, which is read as code of its own."""
_PLAIN = frozenset(
    {"alias", "automagic", "cd", "colors", "conda", "config", "dirs", "doctest_mode", "env", "gui", "history"}
    | {
        "hist",
        "load_ext",
        "logstart",
        "ls",
        "lsmagic",
        "magic",
        "mamba",
        "matplotlib",
        "micromamba",
        "notebook",
    }
    | {"page", "pdef", "pdoc", "pfile", "pinfo", "pinfo2", "pip", "popd", "precision", "psearch", "psource"}
    | {
        "pushd",
        "pwd",
        "pycat",
        "quickref",
        "reload_ext",
        "save",
        "set_env",
        "sx",
        "system",
        "tb",
        "unload_ext",
    }
    | {"uv", "who", "who_ls", "whos", "xmode", "cat", "cp", "mkdir", "mv", "rm", "rmdir", "ll", "lx", "less"}
    | {"bash", "sh", "script", "html", "HTML", "javascript", "js", "latex", "markdown", "svg", "SVG", "perl"}
    | {
        "ruby",
        "pypy",
        "python",
        "python2",
        "python3",
        "writefile",
        "file",
        "cmd",
        "!",
        "tensorboard",
        "watermark",
        "backtrail",
    }
)
"""They read no names but those in their line, and bind none that cannot be seen."""
_SHELL = frozenset({"system", "getoutput", "getoutput_split"})
_WAYS_IN = frozenset({"push", "ex", "ev", "drop_by_id", "reset", "safe_execfile", "mktempfile"})


class Told(NamedTuple):
    """``text`` is where names stand as ``{x}`` and ``$x``; ``unknown`` why there may be more."""

    text: str
    unknown: list[str]
    library: Optional[str]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    """The library whose state it sets."""


def read(call: ast.Call) -> Told | None:
    """What a call of a method of ``get_ipython()`` does; None when it is read like any other."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    words = [one.value for one in call.args if isinstance(one, ast.Constant) and type(one.value) is str]
    if method in _SHELL and len(words) == 1:
        return Told(words[0], [], None)
    if method not in ("run_line_magic", "run_cell_magic") or len(words) != len(call.args) or not words:
        return None
    name, line = words[0], words[1] if len(words) > 1 else ""
    return Told(line, _unknown(name, line), "matplotlib" if name == "matplotlib" else None)


def _unknown(name: str, line: str) -> list[str]:
    if name in _PYTHON or name in _PLAIN or (name == "run" and not {"-i", "--interact"} & set(line.split())):
        return []
    return [f"%{name}" if name in ("autoreload", "aimport", "run", "reset") else f"unknown magic %{name}"]


def way_in(call: ast.Call) -> str | None:
    """Why a call of a method of ``get_ipython()`` may read or bind names that nothing shows, or None."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return f"get_ipython().{method}" if method in _WAYS_IN else None
