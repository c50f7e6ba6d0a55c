"""Where the record of this kernel goes: which notebook it is, and in which folder its runs are kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

_ENDING = ".ipynb"
_ENDINGS = (_ENDING, ".py")


class Place(NamedTuple):
    """``notebook`` is the absolute path of the notebook, ``runs`` that of the folder of runs."""

    notebook: Path
    runs: Path

    @property
    def name(self) -> str:
        """The name of the notebook's folder under ``runs``."""
        return notebook_name(self.notebook)

    @property
    def folder(self) -> Path:
        """The notebook's folder under ``runs``."""
        return self.runs / self.name


def find(notebook: str, directory: str, shell: Any) -> Place:
    """The place for a notebook named by the one who attaches, or, when that is empty, found by itself."""
    path = resolve(notebook) if notebook else resolve(_guess(shell))
    wanted = os.environ.get("BACKTRAIL_DIR") or directory
    # A relative folder is relative to the notebook, as the paths in the log are.
    runs = path.parent / os.path.expanduser(wanted) if wanted else path.parent / "runs"
    return Place(path, Path(os.path.abspath(runs)))


def resolve(notebook: str) -> Path:
    """The absolute path of a notebook that is named absolutely, or as the contents service names it."""
    if os.path.isabs(notebook):
        return Path(os.path.normpath(notebook))
    tail = notebook.replace("\\", "/").lstrip("/")
    session = os.environ.get("JPY_SESSION_NAME", "")
    if os.path.isabs(session) and Path(session).as_posix().endswith(f"/{tail}"):
        return Path(os.path.normpath(session))
    # Kernels start in the folder of their notebook; the contents path begins at the server's root.
    whole = Path.cwd() / tail
    return whole if whole.exists() else Path.cwd() / Path(tail).name


def notebook_name(path: Path) -> str:
    """The file name of the notebook, or script, without its ending."""
    name = path.stem if path.suffix.lower() in _ENDINGS else path.name
    return name if name.strip(". ") else "notebook"


def _guess(shell: Any) -> str:
    if shell is None:
        main = getattr(sys.modules.get("__main__"), "__file__", None)
        return os.path.abspath(main) if isinstance(main, str) else "python"
    session = os.environ.get("JPY_SESSION_NAME", "")
    if session.lower().endswith(_ENDING):
        return session
    code = shell.user_ns.get("__vsc_ipynb_file__")
    if isinstance(code, str) and code:
        return code
    return _parents_argument() or "notebook"


def _parents_argument() -> str:
    """The notebook in the command line of the process that started the kernel (nbconvert, papermill)."""
    try:
        parent = os.getppid()
        with open(f"/proc/{parent}/cmdline", "rb") as file:
            words = [os.fsdecode(word) for word in file.read().split(b"\0")]
        found = [word for word in words[1:] if word.lower().endswith(_ENDING)]
        if not found:
            return ""
        # papermill names the input, then the output, and the output is what stays beside the record.
        return os.path.normpath(os.path.join(os.readlink(f"/proc/{parent}/cwd"), found[-1]))
    except OSError:
        return ""
