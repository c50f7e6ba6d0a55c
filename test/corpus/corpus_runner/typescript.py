"""Notebooks of tslab: read, executed in a kernel, and what was captured held against their keys, strictly."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[3]
FOLDER = Path(__file__).parents[1] / "typescript"
_FIELDS = frozenset(
    {"libraries", "metrics", "optional metrics", "params", "also", "optional", "files", "runs", "verdict"}
)


class Cell(NamedTuple):
    """An execution: the cell's id, its source at that time, and whether it is meant to fail."""

    name: str
    source: str
    fails: bool


class Notebook(NamedTuple):
    """A notebook with its key."""

    path: Path
    key: Mapping[str, Any]

    @property
    def language(self) -> str:
        return "javascript" if self.path.suffix == ".js" else "typescript"

    def cells(self) -> list[Cell]:
        """The executions in their order: ``// %% again #fit`` is that cell once more, as it was or edited."""
        found: list[Cell] = []
        sources: dict[str, str] = {}
        for number, text in enumerate(("\n" + self.path.read_text(encoding="utf-8")).split("\n// %%")[1:]):
            head, _, body = text.partition("\n")
            words = head.split()
            name = next((word[1:] for word in words if word.startswith("#")), f"cell-{number}")
            source = body.strip("\n") or sources.get(name, "")
            sources[name] = source
            found.append(Cell(name, source, "fails" in words))
        return found


def notebooks(libraries: bool) -> list[Notebook]:
    """All notebooks, those that need libraries or the others.

    Raises:
        ValueError: a notebook has no key, a key no notebook, or a key has fields that mean nothing.
    """
    paths = {path.stem: path for path in sorted((FOLDER / "notebooks").iterdir())}
    keys = {path.stem: path for path in (FOLDER / "key").glob("*.json")}
    if odd := sorted(paths.keys() ^ keys.keys()):
        raise ValueError(f"Notebook or key is missing: {', '.join(odd)}")
    found = []
    for name, path in paths.items():
        key = json.loads(keys[name].read_text(encoding="utf-8"))
        if odd := sorted(set(key) - _FIELDS):
            raise ValueError(f"The key of {name} has unknown fields: {', '.join(odd)}")
        if bool(key.get("libraries")) == libraries:
            found.append(Notebook(path, key))
    return found


def faults(notebook: Notebook, kernel: Any) -> list[str]:
    """Executes a notebook in a kernel that is recorded, and says where the record is not what its key has."""
    found: list[str] = []
    printed = ""
    for cell in notebook.cells():
        reply, text = kernel.run(cell.source, cell.name)
        printed += text
        if (reply["status"] != "ok") != cell.fails:
            found.append(f"{cell.name}: {reply['status']}: {text[-500:]}")
    points, events = _points(kernel), kernel.events()
    expected = {
        name: _expected(entry["points"], printed, kernel) for name, entry in notebook.key["metrics"].items()
    }
    return [
        *found,
        *_metric_faults(notebook.key, expected, points),
        *_param_faults(notebook.key, events),
        *_other_faults(notebook.key, events),
    ]


def _points(kernel: Any) -> dict[str, list[Any]]:
    kernel.settle()
    found: dict[str, list[Any]] = {}
    for path in sorted(kernel.runs.glob("nb/*/metrics.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for name, value in json.loads(line).items():
                if name not in ("step", "time", "cell"):
                    found.setdefault(name, []).append(value)
    return found


def _expected(spec: str, printed: str, kernel: Any) -> list[Any]:
    """What the notebook printed in a form, or what an expression gives in it now: a number or several."""
    if spec.startswith("/"):
        return [float(one) for one in re.findall(spec[1:-1], printed, re.MULTILINE)]
    _, text = kernel.run(f"console.log(JSON.stringify({spec}))")
    value = json.loads(text.splitlines()[-1])
    return value if isinstance(value, list) else [value]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.lower())


def _metric_faults(
    key: Mapping[str, Any], expected: Mapping[str, list[Any]], points: Mapping[str, list[Any]]
) -> Iterator[str]:
    taken: set[str] = set()
    for name, entry in key["metrics"].items():
        names = {_plain(one) for one in (name, *entry.get("also", []))}
        candidates = [one for one in points if _plain(one) in names]
        taken.update(candidates)
        percent = entry.get("percent", False)
        if not expected[name] or not any(_same(points[one], expected[name], percent) for one in candidates):
            got = {one: points[one] for one in candidates}
            yield f"metric {name}: {expected[name]} expected, {got} captured"
    for name in points.keys() - taken:
        if not any(fnmatchcase(name, one) for one in key.get("optional metrics", [])):
            yield f"metric {name}, which nobody would put down: {points[name]}"


def _same(found: list[Any], expected: list[Any], percent: bool) -> bool:
    scales = (1, 100, 0.01) if percent else (1,)
    return len(found) == len(expected) and all(
        any(math.isclose(float(one), float(other) * scale, rel_tol=0.012, abs_tol=6e-4) for scale in scales)
        for one, other in zip(found, expected)
    )


def _param_faults(key: Mapping[str, Any], events: list[dict[str, Any]]) -> Iterator[str]:
    values: dict[str, list[Any]] = {}
    for event in events:
        if event["event"] == "param":
            values.setdefault(event["key"], []).append(event["value"])
    wanted = {
        name: ({_plain(one) for one in (name, *key.get("also", {}).get(name, []))}, allowed)
        for name, allowed in key["params"].items()
    }
    hits: set[str] = set()
    for name, captured in values.items():
        last = _plain(re.split(r"[./]", re.sub(r"\[\d+\]", "", name))[-1])
        owners = [
            one for one, (names, allowed) in wanted.items() if last in names and _among(captured, allowed)
        ]
        hits.update(owners)
        optional = any(_plain(one) == last for one in key.get("optional", []))
        if not owners and not optional:
            yield f"param {name} = {captured}, which nobody would put down"
    for name in wanted.keys() - hits:
        yield f"param {name} was not captured with its value; captured were {values}"


def _among(captured: list[Any], allowed: Any) -> bool:
    one_of = allowed["oneOf"] if isinstance(allowed, dict) else [allowed]
    return any(json.dumps(one) == json.dumps(other) for one in captured for other in one_of)


def _other_faults(key: Mapping[str, Any], events: list[dict[str, Any]]) -> Iterator[str]:
    runs = sum(event["event"] == "run_start" for event in events)
    if runs != key.get("runs", 1):
        yield f"{runs} runs"
    for event in events:
        if event["event"] == "warning":
            yield f"warning: {event['message']}"
    for kind, field in (("input", "reads"), ("output", "writes")):
        found = sorted({event["path"] for event in events if event["event"] == kind})
        if found != sorted(key.get("files", {}).get(field, [])):
            yield f"{field} {found}"


def verdict(folder: Path) -> str:
    """What a replay of the latest run comes to: one word where it is identical, or why it is not."""
    program = ROOT / "backtrail" / "cli" / "backtrail.mjs"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")}
    command = [
        shutil.which("node") or "node",
        str(program),
        "verify",
        "latest",
        "--root",
        str(folder),
        "--json",
    ]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        env={**kept, "JUPYTER_DATA_DIR": str(folder / "jupyter-data")},
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    return (
        str(found["verdict"]) if found["verdict"] == "identical" else f"{found['verdict']}: {found['says']}"
    )
