"""The history that docs/questions.md is about: two people, a repository, a model in production."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

MYSTERY = "model_best_final_FINAL_USE_THIS.pkl"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the history."""
    root = tmp_path_factory.mktemp("credit")
    write_history(root)
    return root


def write_history(root: Path) -> None:
    """Writes the same history at every call: notebooks, runs, commits, and a file nobody knows."""
    commits = [_commit(root, f"2026-{date}T08:00:00Z", message) for date, message in _COMMITS]
    _Notebook(root, "prepare", "ada", "20260903").write(
        [
            {"commit": commits[0], "reads": [f"raw/{month}.csv"], "writes": f"data/{month}.csv"}
            for month in _MONTHS
        ]
    )
    runs = [
        {
            "commit": commits[commit],
            "params": {"lr": lr, "depth": depth, "optimizer": "adam"},
            "user": user,
            "gpu": gpu,
            "reads": [f"data/{month}.csv"],
            "writes": f"models/model-{number}.pkl",
            "auc": auc,
        }
        for number, (commit, user, month, lr, depth, gpu, auc) in enumerate(_TRAININGS, 1)
    ]
    train = _Notebook(root, "train", "ada", "20260920")
    ids = train.write(runs)
    train.promote(ids[2], "2026-10-03T09:00:00.000000Z", "linus", "Best AUC so far.")
    train.promote(ids[2], "2026-11-10T09:00:00.000000Z", "linus", "Replaced.", stage=None)
    train.promote(ids[5], "2026-11-10T09:00:00.000000Z", "linus", "With the bug fixed.")
    (root / MYSTERY).write_bytes(_content("models/model-3.pkl"))


_MONTHS = ("july", "august")
_COMMITS = (
    ("09-01", "First version"),
    ("09-22", "Fix the label of returned loans"),
    ("10-20", "Deeper model"),
)
# Index of the commit, user, data, lr, depth, GPU seconds, validation AUC.
_TRAININGS = (
    (0, "ada", "july", 0.1, 2, 310.0, 0.71),
    (0, "ada", "august", 0.1, 4, 640.0, 0.74),
    (0, "linus", "august", 0.01, 2, 905.5, 0.79),
    (1, "linus", "august", 0.01, 4, 1210.0, 0.78),
    (1, "ada", "july", 0.1, 2, 298.0, 0.72),
    (2, "ada", "august", 0.01, 8, 2480.0, 0.83),
)


def _content(path: str) -> bytes:
    return f"the bytes of {path}\n".encode()


def _file(path: str) -> dict[str, Any]:
    data = _content(path)
    return {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "how": "open"}


def _commit(root: Path, date: str, message: str) -> str:
    who = {"NAME": "ada", "EMAIL": "ada@example.org", "DATE": date}
    environment = {
        f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()
    }
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PATH": os.environ["PATH"],
    }

    def git(*words: str) -> str:
        command = ["git", "-C", str(root), *words]
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    git("init", "--quiet", "--initial-branch", "main")
    git("commit", "--quiet", "--allow-empty", "--message", message)
    return git("rev-parse", "HEAD")


class _Notebook:
    def __init__(self, root: Path, name: str, user: str, day: str) -> None:
        self.root, self.name, self.user, self.day = root, name, user, day
        self.folder = root / "runs" / name
        (self.folder / "sessions").mkdir(parents=True)
        self._editors = 0

    def write(self, runs: list[dict[str, Any]]) -> list[str]:
        """One session with these runs; their ids."""
        session = f"{self.day}-100000000-sess"
        notebook = {"path": str(self.root / f"{self.name}.ipynb"), "name": self.name}
        kernel = {"language": "python", "version": "3.11.4"}
        events = [
            {"event": "session", "format": 1, "session": session, "notebook": notebook, "kernel": kernel}
        ]
        ids = []
        for n, run in enumerate(runs, 1):
            name = f"{self.day}-10{n:02}00000-run{n}"
            ids.append(name)
            events += self._run(name, n, run)
        events.append({"event": "session_end", "reason": "shutdown"})
        self._append(session, f"{self.day[:4]}-{self.day[4:6]}-{self.day[6:]}T10", events)
        for name, run in zip(ids, runs):
            (self.folder / name).mkdir()
            if "auc" in run:
                points = [
                    {"step": step, "time": 0, "val/auc": round(run["auc"] - back, 3)} for step, back in _STEPS
                ]
                text = "".join(f"{json.dumps(point)}\n" for point in points)
                (self.folder / name / "metrics.jsonl").write_text(text)
        return ids

    def promote(self, run: str, time: str, by: str, reason: str, stage: str | None = "production") -> None:
        """An editor's log of its own, with one event."""
        self._editors += 1
        editor = f"{time[:10].replace('-', '')}-0900{self._editors:02}000-edit"
        head = {"event": "editor", "time": time, "format": 1, "editor": editor}
        event = {"event": "stage", "time": time, "run": run, "stage": stage, "by": by, "reason": reason}
        self._write(editor, [head, event])

    def _run(self, run: str, n: int, what: dict[str, Any]) -> list[dict[str, Any]]:
        cell = {"n": n, "cell": f"c{n}", "count": n, "source": "", "sha256": hashlib.sha256(b"").hexdigest()}
        code = {"commit": what["commit"], "branch": "main", "dirty": False, "root": str(self.root)}
        user = what.get("user", self.user)
        head = {"run": run, "number": n, "name": f"{self.name} {n}", "cell": n, "user": user}
        params = [
            {"event": "param", "key": key, "value": value} for key, value in what.get("params", {}).items()
        ]
        files = [{"event": "input", **_file(path)} for path in what["reads"]]
        files.append({"event": "output", **_file(what["writes"])})
        usage = [{"event": "usage", "gpu_seconds": what["gpu"]}] if "gpu" in what else []
        return [
            {"event": "run_start", **head},
            {"event": "code", "run": run, **code},
            {"event": "cell_start", **cell},
            *({**event, "run": run, "cell": n} for event in params + files),
            *({**event, "run": run} for event in usage),
            {"event": "seed", "run": run, "library": "numpy", "value": 42, "cell": n},
            {"event": "cell_end", "n": n, "count": n, "status": "finished", "duration": 60},
            {"event": "run_end", "run": run, "status": "finished", "cell": n},
        ]

    def _append(self, log: str, hour: str, events: list[dict[str, Any]]) -> None:
        timed = [
            {**event, "time": f"{hour}:{at // 60:02}:{at % 60:02}.000000Z"} for at, event in enumerate(events)
        ]
        self._write(log, timed)

    def _write(self, log: str, events: list[dict[str, Any]]) -> None:
        text = "".join(f"{json.dumps(event)}\n" for event in events)
        (self.folder / "sessions" / f"{log}.jsonl").write_text(text)


_STEPS = ((0, 0.2), (1, 0.05), (2, 0.0))
