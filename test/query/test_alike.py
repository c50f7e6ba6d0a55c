"""Filters made at random are understood, and answered, as the command line and the panel do."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from backtrail.query.errors import FilterError
from backtrail.query.filter import create_filter

from .test_filter import CASES, NOW

ROOT = Path(__file__).parents[2]
COUNT = 1500
# What the command line asks, of the filters and runs on its standard input.
PROGRAM = """
import { readFileSync } from 'node:fs';
import { createFilter, FilterError, previousRuns } from './src/runlog/filter.js';
const { now, filters, runs } = JSON.parse(readFileSync(0, 'utf8'));
const context = { now, previous: previousRuns(runs) };
const answers = filters.map(text => {
  try {
    return runs.filter(createFilter(text, context)).map(({ number }) => number);
  } catch (error) {
    if (error instanceof FilterError) return error.message;
    throw error;
  }
});
process.stdout.write(JSON.stringify(answers));
"""

KEYS = (
    *(
        "lr",
        "params.lr",
        "params.n",
        "params.big",
        "params.small",
        "params.config",
        "params.config.depth.max",
    ),
    *(
        'params."weight.decay"',
        "params.weight.decay",
        "params.'a b'",
        'params."a\\"b"',
        "params.list",
        "loss",
    ),
    *("metrics.loss", "metrics.loss.min", 'metrics."val/auc"', "metrics.broken", "metrics.up", "tags.draft"),
    *("tags.n", "tags.unicode", "id", "name", "number", "status", "started", "ended", "duration", "note"),
    *("stage", "stages", "verified", "verified.at", "seed", "seeds.numpy", "inputs", "datasets", "path"),
    *("notebook", "commit", "dirty", "archived", "usage.peak_memory", "environment.cpu.count", "nothing"),
)
VALUES = (
    *("0.01", "0.1", "-1", "1e-7", "0.00001", "1e21", "3", "16", "007", "2.10", "inf", "-inf", "NaN", "2 GB"),
    *("512 MiB", "true", "FALSE", "finished", "wide", '"wide net"', "'deep net'", '""', '"16"', '" 16 "'),
    *('"0x10"', "ada", "digits", '"^digits \\\\d$"', '"\\d+"', '"[a-c]+$"', '"é"', "überPRÜFUNG", "^1e-7$"),
    *("production", "staging", "5 min", "1h 30m", "90s", "1 week", "now", "today", "yesterday", "7d ago"),
    *(
        "2026-11-23",
        "2026-11-21T12:00",
        "2026-11-21T12:00:00.123Z",
        '"2026-10-01"',
        "C:\\\\work",
        "identical",
    ),
    *("val/auc", '"(?<word>wide) net"', '"a\\"b"', "'it\\'s'", "1.", ".5", "+3", "0.1e1", "data/train.csv"),
)
OPERATORS = ("=", "==", "!=", "<", "<=", ">", ">=", "~", "!~")


def condition(draw: random.Random) -> str:
    key, value = draw.choice(KEYS), draw.choice(VALUES)
    kind = draw.random()
    if kind < 0.6:
        gap = draw.choice(("", " "))
        return f"{key}{gap}{draw.choice(OPERATORS)}{gap}{value}"
    if kind < 0.75:
        return f"{key} {draw.choice(('in', 'not in', 'IN'))} ({value}, {draw.choice(VALUES)})"
    if kind < 0.85:
        return f"{draw.choice(('has', 'changed'))}({key})"
    if kind < 0.92:
        return f"stage_at({draw.choice(('production', 'staging'))}, {value})"
    return key


def expression(draw: random.Random, depth: int = 3) -> str:
    kind = draw.random()
    if depth == 0 or kind < 0.4:
        return condition(draw)
    if kind < 0.55:
        return f"{draw.choice(('not ', '!', 'NOT '))}{expression(draw, depth - 1)}"
    inner = f" {draw.choice(('and', 'or', '&&', '||', 'AND'))} ".join(
        expression(draw, depth - 1) for _ in range(2)
    )
    return f"({inner})" if draw.random() < 0.7 else inner


def spoiled(draw: random.Random, text: str) -> str:
    """A text of which one character is left out, doubled or another."""
    at = draw.randrange(len(text))
    return text[:at] + draw.choice(("", text[at] * 2, draw.choice("()\"'=<>~!,. a1\\"))) + text[at + 1 :]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    target = tmp_path_factory.mktemp("alike") / "ask.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=error", f"--outfile={target}"]
    esbuild = [str(ROOT / "node_modules" / ".bin" / "esbuild"), "--loader=ts", *options]
    subprocess.run(esbuild, input=PROGRAM, text=True, check=True, cwd=ROOT)

    def answers(filters: list[str], runs: list[Any]) -> list[Any]:
        question = json.dumps({"now": NOW * 1000, "filters": filters, "runs": runs})
        return json.loads(
            subprocess.run(
                ["node", str(target)], input=question, text=True, check=True, capture_output=True
            ).stdout
        )

    return answers


def test_filters_made_at_random_are_answered_alike(ask: Any) -> None:
    draw = random.Random(7)
    filters = [expression(draw) for _ in range(COUNT)]
    filters += [spoiled(draw, text) for text in filters[: COUNT // 2]]
    runs = CASES["runs"]
    let_through = understood = 0
    for text, there in zip(filters, ask(filters, runs), strict=True):
        try:
            matches = create_filter(text, runs, NOW)
            here: Any = [run["number"] for run in runs if matches(run)]
        except FilterError:
            here = None
        assert here == (None if isinstance(there, str) else there), (text, there)
        understood += here is not None
        let_through += len(here or ())
    # The test would tell nothing if nearly all filters were wrong, or let no run through.
    assert understood > COUNT // 2
    assert let_through > COUNT // 2
