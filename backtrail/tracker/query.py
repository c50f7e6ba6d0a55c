"""Asking the log from a notebook: which runs there are, and which of them a file belongs to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..runlog import directories, ids, layout
from ..runlog.lines import decode
from ..runlog.summary import NotebookSummary, known_metrics
from . import current
from .datasets import hash_path
from .notices import say_once


class Runs(list[dict[str, Any]]):
    """Summaries of runs, newest first, each in the form of ``run.json``."""

    def to_pandas(self) -> Any:
        """A table with a row for each run; params, metrics (their last value) and tags have a column each.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

        return pandas.DataFrame([_row(run) for run in self])


def runs(root: str | os.PathLike[str] | None = None) -> Runs:
    """The runs of all notebooks that keep theirs beside this one, or in ``root``, without the empty ones.

    ``root`` is a folder of runs, or the folder that contains it.
    """
    found = []
    for folder in _folders(root):
        notebook = _read(folder)
        for run in notebook.runs():
            _take_points(folder, notebook, run)
            if notebook.run(run).recorded:
                found.append(notebook.summary(run))
    return Runs(sorted(found, key=lambda run: str(run["id"]), reverse=True))


def which(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The runs that wrote, kept or read exactly the bytes of this file, newest first.

    Each is ``{"run", "name", "notebook", "how", "path", "cell"}`` with ``how`` one of artifact, output, input
    and dataset. Looks in all folders of runs that are known on this machine.
    """
    try:
        sha256, _ = hash_path(Path(os.path.expanduser(os.fspath(path))))
    except OSError as error:
        say_once(f"{path} cannot be read: {error.strerror or error}.")
        return []
    known = [*_places(None), *directories.known()]
    folders = {folder for place in known for folder in layout.notebook_folders(place.resolve())}
    uses = [use for folder in folders for use in _uses(_read(folder), sha256)]
    return sorted(uses, key=lambda use: str(use["run"]), reverse=True)


def _read(folder: Path) -> NotebookSummary:
    """The logs of a notebook, without the points, which may be millions."""
    notebook = NotebookSummary()
    for path in sorted(layout.sessions_dir(folder).glob("*.jsonl")):
        if ids.is_id(path.stem):
            try:
                decoded = decode(path.read_bytes())
            except OSError:
                continue
            for event in decoded.events:
                notebook.feed(path.stem, event)
            notebook.feed_damage(path.stem, decoded.damaged, decoded.torn)
    return notebook


def _take_points(folder: Path, notebook: NotebookSummary, run: str) -> None:
    """What is known of the metrics of a run: from ``run.json`` where it is newer than the points."""
    points, summary = layout.metrics_path(folder, run), layout.summary_path(folder, run)
    try:
        if summary.stat().st_mtime_ns >= points.stat().st_mtime_ns:
            known = known_metrics(json.loads(summary.read_bytes()))
            notebook.run(run).metrics.by_key = known
            return
    except (OSError, ValueError):
        pass
    try:
        notebook.feed_points(run, points.read_bytes())
    except OSError:
        pass


def _uses(notebook: NotebookSummary, sha256: str) -> Iterator[dict[str, Any]]:
    for run in notebook.runs():
        summary = notebook.summary(run)
        for how in ("artifact", "output", "input", "dataset"):
            for entry in summary[f"{how}s"]:
                if entry.get("sha256") == sha256:
                    yield {
                        "run": run,
                        "name": summary["name"],
                        "notebook": (summary["notebook"] or {}).get("path"),
                        "how": how,
                        "path": entry.get("path"),
                        "cell": entry.get("cell"),
                    }


def _folders(root: str | os.PathLike[str] | None) -> Iterable[Path]:
    for place in _places(root):
        yield from layout.notebook_folders(place)


def _places(root: str | os.PathLike[str] | None) -> list[Path]:
    if root is not None:
        named = Path(os.path.expanduser(os.fspath(root)))
        return [named, named / "runs"]
    recorder = current.recorder()
    return [recorder.session.runs] if recorder is not None else [Path("runs")]


def _row(run: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "number", "name", "experiment", "status", "started", "ended", "duration", "note")
    row = {name: run[name] for name in names}
    row["notebook"] = (run["notebook"] or {}).get("name")
    row |= {f"params.{key}": value for key, value in run["params"].items()}
    row |= {f"metrics.{key}": value["last"] for key, value in run["metrics"].items()}
    row |= {f"tags.{key}": value for key, value in run["tags"].items()}
    return row
