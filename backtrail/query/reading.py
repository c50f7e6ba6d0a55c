"""Reading the runs of a notebook's folder for a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backtrail.runlog import ids, layout
from backtrail.runlog.lines import decode
from backtrail.runlog.summary import NotebookSummary, known_metrics


def read_runs(folder: Path) -> Iterator[dict[str, Any]]:
    """The summaries of a notebook's runs, oldest first, without those that recorded nothing."""
    notebook = read_logs(folder)
    for run in notebook.runs():
        _take_points(folder, notebook, run)
        if notebook.run(run).recorded:
            yield notebook.summary(run)


def read_logs(folder: Path) -> NotebookSummary:
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
