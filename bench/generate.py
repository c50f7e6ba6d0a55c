"""Histories of many runs as real files, for benchmarks: ``python bench/generate.py FOLDER --runs 10000``.

Writes ``FOLDER/<notebook>.ipynb`` and ``FOLDER/runs/<notebook>/…`` in the format of docs/run-log.md: sessions
of ten runs in one kernel, each run with six params of which some change, three metrics, a seed, a commit and
some tags. The same arguments give the same runs, but for the times, which end now. ``--summaries no`` leaves
``run.json`` out, as after a copy without what can be derived. ``--series N`` adds one run whose metric
``loss`` has N points, one of them a spike. The folder is noted in ``JUPYTER_DATA_DIR``, where a server looks
for it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import string
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backtrail.runlog import directories, layout
from backtrail.runlog.summary import NotebookSummary

RUNS_A_SESSION = 10
SECONDS_A_RUN = 47
SPIKE = 1000.0


class History:
    """Writes the runs of one notebook, one session after the other."""

    def __init__(self, root: Path, name: str, began: float, points: int, summaries: bool) -> None:
        self.folder = root / "runs" / name
        self.notebook = {"path": str(root / f"{name}.ipynb"), "name": name}
        self._name = name
        self._points = points
        self._summaries = summaries
        self._now = began
        self._number = 0
        self._random = random.Random(name)
        layout.sessions_dir(self.folder).mkdir(parents=True, exist_ok=True)
        notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        Path(self.notebook["path"]).write_text(json.dumps(notebook))

    def session(self, runs: int) -> None:
        """Writes one session with so many runs."""
        session = self._id()
        opening = {
            "event": "session",
            "time": self._time(),
            "format": 1,
            "session": session,
            "notebook": self.notebook,
            "kernel": {"language": "python", "version": "3.11.4", "implementation": "CPython"},
            "process": {"pid": 1, "started": "0", "host": "bench", "boot": "0"},
            "user": "ada",
            "writer": {"name": "backtrail", "version": "0.1.0"},
            "cwd": str(self.folder.parent.parent),
        }
        events = [opening]
        points: dict[str, list[dict[str, object]]] = {}
        for n in range(1, runs + 1):
            run = self._id()
            points[run] = list(self._run(run, n, events))
        events.append({"event": "session_end", "time": self._time(), "reason": "shutdown"})
        _write_lines(layout.log_path(self.folder, session), events)
        notebook = NotebookSummary(lambda process: False)
        if self._summaries:
            for event in events:
                notebook.feed(session, event)
        for run, lines in points.items():
            layout.run_dir(self.folder, run).mkdir()
            data = _write_lines(layout.metrics_path(self.folder, run), lines)
            if self._summaries:
                notebook.feed_points(run, data)
                text = json.dumps(notebook.summary(run), indent=1)
                layout.summary_path(self.folder, run).write_text(text + "\n")

    def _run(self, run: str, n: int, events: list[dict[str, object]]) -> Iterator[dict[str, object]]:
        draw = self._random
        self._number += 1
        commit = f"{self._number // 25:07x}" + "c0ffee" * 5 + "000"
        head = {
            "event": "run_start",
            "run": run,
            "number": self._number,
            "name": f"{self._name} {self._number}",
        }
        events.append(
            {**head, "time": self._time(), "experiment": self._name, "cell": n, "opened": "cell run again"}
        )
        code = {"commit": commit, "branch": "main", "dirty": draw.random() < 0.3, "root": "/work"}
        events.append({"event": "code", "time": self._time(), "run": run, **code})
        rate = draw.choice([0.1, 0.03, 0.01, 0.003, 0.001])
        params = {
            "lr": rate,
            "batch_size": draw.choice([32, 64, 128]),
            "dropout": draw.choice([0, 0.1, 0.2]),
            "layers": [64, 64],
            "optimizer": draw.choice(["adam", "adam", "sgd"]),
            "epochs": self._points,
        }
        for key, value in params.items():
            events.append(
                {"event": "param", "time": self._time(), "run": run, "key": key, "value": value, "cell": n}
            )
        seed = {"library": "numpy", "value": draw.randrange(5), "cell": n}
        events.append({"event": "seed", "time": self._time(), "run": run, **seed})
        cell = {"n": n, "cell": f"c{n % 7}", "count": n, "source": f"train({rate})", "sha256": "0" * 64}
        events.append({"event": "cell_start", "time": self._time(), **cell})
        if draw.random() < 0.1:
            tag = draw.choice(["baseline", "draft", "paper"])
            events.append({"event": "tag", "time": self._time(), "run": run, "key": tag, "value": ""})
        best = draw.random() * 0.2 + 0.05
        for step in range(self._points):
            loss = best + math.exp(-step * rate) + draw.gauss(0, 0.02)
            yield {
                "step": step,
                "time": self._now + step * SECONDS_A_RUN / self._points,
                "cell": n,
                "loss": round(loss, 5),
                "val/acc": round(1 - loss / 3, 5),
                "val/loss": round(loss * 1.1, 5),
            }
        self._now += SECONDS_A_RUN
        status = "failed" if draw.random() < 0.04 else "finished"
        end = {"n": n, "count": n, "status": status, "duration": float(SECONDS_A_RUN)}
        events.append({"event": "cell_end", "time": self._time(), **end})
        events.append({"event": "run_end", "time": self._time(), "run": run, "status": status, "cell": n})

    def _id(self) -> str:
        self._now += 0.5
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(self._now))
        tail = "".join(self._random.choices(string.ascii_lowercase, k=4))
        return f"{stamp}{int(self._now % 1 * 1000):03d}-{tail}"

    def _time(self) -> str:
        self._now += 0.0001
        return (
            time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self._now)) + f".{int(self._now % 1 * 1e6):06d}Z"
        )


def add_series(history: History, count: int) -> str:
    """Adds a run with one metric of so many points, and tells its id."""
    points = history._points
    history._points = 1
    history.session(1)
    history._points = points
    run = max(path.parent.name for path in history.folder.glob("*/metrics.jsonl"))
    began = time.time() - count * 0.01
    first, last, greatest, least = None, None, SPIKE, SPIKE
    with layout.metrics_path(history.folder, run).open("wb") as file:
        for start in range(0, count, 100_000):
            lines = []
            for step in range(start, min(start + 100_000, count)):
                value = (
                    SPIKE
                    if step == count // 3
                    else round(math.exp(-step / count) + (step * 7919 % 1000) / 1e4, 5)
                )
                first = value if first is None else first
                last, least = value, min(least, value)
                lines.append(f'{{"step":{step},"time":{began + step * 0.01:.2f},"cell":1,"loss":{value}}}\n')
            file.write("".join(lines).encode())
    path = layout.summary_path(history.folder, run)
    if path.exists():
        # As a tracker leaves it behind, which knows the points that it wrote.
        summary = json.loads(path.read_text())
        figures = {
            "last": last,
            "min": least,
            "max": greatest,
            "first": first,
            "count": count,
            "step": count - 1,
        }
        path.write_text(json.dumps({**summary, "metrics": {"loss": figures}}, indent=1) + "\n")
    return run


def _write_lines(path: Path, lines: list[dict[str, object]]) -> bytes:
    data = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode()
    path.write_bytes(data)
    return data


def main() -> None:
    """Writes the history that the command line asks for, and prints what there is as one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=1000, help="how many runs (1000)")
    parser.add_argument("--notebooks", type=int, default=1, help="in how many notebooks (1)")
    parser.add_argument("--points", type=int, default=20, help="points of each metric (20)")
    parser.add_argument("--summaries", choices=["yes", "no"], default="yes", help="with run.json (yes)")
    parser.add_argument("--series", type=int, default=0, help="a run of so many points besides")
    given = parser.parse_args()
    root = given.folder.resolve()
    root.mkdir(parents=True, exist_ok=True)
    each = given.runs // given.notebooks
    began = time.time() - each * (SECONDS_A_RUN + 2) - 60
    series = None
    for number in range(given.notebooks):
        name = f"train-{number + 1}"
        history = History(root, name, began, given.points, given.summaries == "yes")
        for start in range(0, each, RUNS_A_SESSION):
            history.session(min(RUNS_A_SESSION, each - start))
        if given.series and number == 0:
            series = add_series(history, given.series)
    if "JUPYTER_DATA_DIR" in os.environ:
        # Where nobody set it, it is the user's own, who does not want these runs among theirs.
        directories.remember(root / "runs")
    print(json.dumps({"runs": each * given.notebooks, "notebooks": given.notebooks, "series": series}))


if __name__ == "__main__":
    main()
