"""What the last run of the whole corpus found in each notebook: a sample is held against it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .score import Score

PATH = Path(__file__).parents[1] / "expected.json"

Expected = Mapping[str, Any]


def found(one: Score) -> dict[str, Any]:
    """What counts of one score: names of the key, and numbers of seeds and files."""
    return {
        "metrics": sorted(metric.name for metric in one.metrics if metric.right),
        "series": sorted(metric.name for metric in one.metrics if metric.whole),
        "params": sorted(param.name for param in one.params if param.found is not None),
        "others": len(one.false_params),
        "seeds": one.seeds[0],
        "reads": one.reads[0],
        "writes": one.writes[0],
    }


def record(scores: Iterable[Score], path: Path = PATH) -> None:
    """Writes what was found; what is known of notebooks that were not run stays."""
    known = read(path) if path.exists() else {}
    known.update((one.key.name, found(one)) for one in scores)
    path.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")


def read(path: Path = PATH) -> dict[str, Expected]:
    """By the names of the notebooks."""
    known: dict[str, Expected] = json.loads(path.read_text(encoding="utf-8"))
    return known


def lost(one: Score, before: Expected) -> list[str]:
    """What was found before and is not any more; a false param more than before counts too."""
    now = found(one)
    missing = [
        f"{one.key.name}: {kind} {name}"
        for kind in ("metrics", "series", "params")
        for name in sorted(set(before[kind]) - set(now[kind]))
    ]
    fewer = [
        f"{one.key.name}: {now[kind]} {kind} instead of {before[kind]}"
        for kind in ("seeds", "reads", "writes")
        if now[kind] < before[kind]
    ]
    more = now["others"] - before["others"]
    return [*missing, *fewer, *([f"{one.key.name}: {more} more false params"] if more > 0 else [])]
