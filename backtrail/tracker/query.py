"""Asking the record from a notebook: which runs there are, and which of them a file belongs to."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..runlog import directories
from . import current
from .datasets import hash_path
from .notices import say_once

if TYPE_CHECKING:
    from ..query.lineage import FileIndex


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
    """The runs that wrote, kept or read exactly the bytes of a file, or of those in a folder, newest first.

    Each is ``{"run", "name", "notebook", "how", "path", "cell"}`` with ``how`` one of artifact, output, input
    and dataset; of a run that wrote it also ``params``, ``seeds``, ``code``, ``stage`` and ``inputs``: the
    files it read, each with the run that had ``made`` it, and so on. Of a folder, those of the whole folder
    come first, if it was read as one, then those of each file in it, with its path in the folder as ``file``.
    Looks in all folders of runs that are known on this machine.
    """
    from ..query.ask import file_index, find_uses  # noqa: PLC0415

    place = Path(os.path.expanduser(os.fspath(path)))
    try:
        sha256 = None if place.is_dir() else hash_path(place)[0]
    except OSError as error:
        say_once(f"{path} cannot be read: {error.strerror or error}.")
        return []
    files = file_index([*_places(None), *directories.known()])
    return _uses_in(place, files) if sha256 is None else find_uses(files, sha256)


def _uses_in(folder: Path, files: FileIndex) -> list[dict[str, Any]]:
    """The uses of a folder as a whole, and of its files; what cannot be read is said."""
    from ..query.ask import find_uses  # noqa: PLC0415
    from ..query.folder import files_in  # noqa: PLC0415

    sizes = files.sizes()
    found: list[dict[str, Any]] = []
    listed = list(files_in(folder))
    if sizes is None or sum(size for _, size in listed) in sizes:
        with suppress(OSError):
            found += find_uses(files, hash_path(folder)[0])
    for path, size in listed:
        # A file of a size that nobody wrote or read is none of theirs: it need not be read.
        if sizes is not None and size not in sizes:
            continue
        try:
            sha256, _ = hash_path(path)
        except OSError as error:
            say_once(f"{path} cannot be read: {error.strerror or error}.")
            continue
        name = path.relative_to(folder).as_posix()
        found += [{"file": name, **use} for use in find_uses(files, sha256)]
    return found


def _places(root: str | os.PathLike[str] | None) -> list[Path]:
    if root is not None:
        named = Path(os.path.expanduser(os.fspath(root)))
        return [named, named / "runs"]
    recorder = current.recorder()
    return [recorder.session.runs] if recorder is not None else [Path("runs")]
