"""Asking the record from a notebook: which runs there are, and which of them a file belongs to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ..runlog import directories
from . import current
from .datasets import hash_path
from .notices import say_once


def runs(where: str | None = None, root: str | os.PathLike[str] | None = None) -> Any:
    """The runs of all notebooks that keep theirs beside this one, or in ``root``, without the empty ones.

    ``where`` is a filter (docs/filter.md), ``root`` a folder of runs, or one that contains it. They are
    summaries in the form of ``run.json``, newest first, in a list that has ``to_pandas`` and ``to_polars``.

    Raises:
        backtrail.query.errors.FilterError: the filter cannot be understood.
    """
    from ..query.ask import find_runs  # noqa: PLC0415

    found = find_runs(_places(root), where)
    if found.undecided:
        count = f"{found.undecided} {'run' if found.undecided == 1 else 'runs'}"
        say_once(
            f"Left out, because git cannot tell (no git, or a commit that is not in this clone): {count}."
        )
    return found


def which(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The runs that wrote, kept or read exactly the bytes of this file, newest first.

    Each is ``{"run", "name", "notebook", "how", "path", "cell"}`` with ``how`` one of artifact, output, input
    and dataset; of a run that wrote it also ``params``, ``seeds``, ``code``, ``stage`` and ``inputs``: the
    files it read, each with the run that had ``made`` it, and so on. Looks in all folders of runs that are
    known on this machine.
    """
    from ..query.ask import find_uses  # noqa: PLC0415

    try:
        sha256, _ = hash_path(Path(os.path.expanduser(os.fspath(path))))
    except OSError as error:
        say_once(f"{path} cannot be read: {error.strerror or error}.")
        return []
    return find_uses([*_places(None), *directories.known()], sha256)


def _places(root: str | os.PathLike[str] | None) -> list[Path]:
    if root is not None:
        named = Path(os.path.expanduser(os.fspath(root)))
        return [named, named / "runs"]
    recorder = current.recorder()
    return [recorder.session.runs] if recorder is not None else [Path("runs")]
