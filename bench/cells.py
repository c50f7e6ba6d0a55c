"""What capture adds to cells, in a notebook with 200 variables of which some are arrays of 100 MB.

Two real IPython kernels on this machine, one attached and one not, execute the same cells in turn, now one
first and now the other, so that what else the machine does at a time falls on both. What the tracker does is
timed beside: what a cell waits for, part by part, and what is done once it is answered, so that what is added
at the worst does not drown in the noise of the machine. Loops and imports have fresh kernels for each pair.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clocked import kernel

SETUP = """
import numpy as np, pandas as pd
rng = np.random.default_rng(0)
for i in range(100): globals()[f"number{i}"] = float(i)
for i in range(40): globals()[f"items{i}"] = list(range(i * 10))
for i in range(35): globals()[f"array{i}"] = rng.random(2000)
for i in range(15): globals()[f"frame{i}"] = pd.DataFrame(rng.random((500, 6)), columns=list("abcdef"))
for i in range(5): globals()[f"large{i}"] = np.full(12_500_000, float(i))
def helper(x): return x * number3
def train(steps): return [helper(s) + items5[0] for s in range(steps)]
class Model:
    def __init__(self): self.weights = np.zeros(50); self.history = []
    def fit(self, x): self.weights += x[:50]; self.history.append(number4); return self
model, config = Model(), {"rate": 0.1, "layers": [64, 64]}
"""

CELLS = (
    "result = number5 + 1",
    "items7.append(3)",
    "array3 = array2 * 2",
    "array4[7] = 1.0",
    "losses = train(20)",
    "model = model.fit(array9); None",
    "frame3['g'] = frame3['a'] + 1",
    "best = frame4.describe()",
    "total = float(large1.mean())",
    "shape = large2.shape",
    "large3[11] = 4.0",
    "window = large4[:1000].sum()",
    "for step in range(200): number7 = number6 + step",
    "config['rate'] = 0.2",
    "text = f'{number8:.3f} {config}'",
    "pairs = dict(zip(items9, items8))",
)
"""What cells of a training notebook do; each leaves the notebook as large as it was."""

LOOP = """
import time
whole, begun = time.process_time(), time.thread_time()
total = 0
for step in range(20_000_000):
    total += step
looped = time.thread_time() - begun
beside = time.process_time() - whole - looped
"""
IMPORT = "import pandas, sklearn.ensemble, sklearn.linear_model, matplotlib.pyplot"
USE = f"{IMPORT}\npandas.DataFrame()"
"""Of a cell that may call what it imports, the answer has to wait until that is listened to."""


def in_turn(number: int) -> tuple[bool, bool]:
    """Which of the two kernels comes first, the one without capture or the one with it."""
    return (False, True) if number % 2 else (True, False)


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def cells_and_memory(rounds: int) -> dict[str, Any]:
    """The cells in turn in both kernels, and then many of them sent at once."""
    times: dict[bool, list[float]] = {False: [], True: []}
    rows: dict[bool, list[float]] = {False: [], True: []}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text:
        folder = Path(text)
        with kernel(folder, False) as without, kernel(folder, True) as captured:
            for one in (without, captured):
                one.ask(SETUP)
                for cell in CELLS:
                    one.ask(cell)
            captured.ask("_Clock.clear()", silent=True)
            for number in range(rounds):
                print(f"\r  cells {number + 1} of {rounds} ", end="", file=sys.stderr, flush=True)
                for at, cell in enumerate(CELLS):
                    # Another source each time, as of cells that are edited: nothing of it is known yet.
                    edited = f"{cell}\n# {number}"
                    for attached in in_turn(number + at):
                        times[attached].append((captured if attached else without).seconds(edited))
            hooks, later = captured.times("_Clock.hooks"), captured.times("_Clock.later")
            parts = {name: captured.times(f"_Clock.parts[{name!r}]") for name in captured.parts()}
            resident = [
                one.number("int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6") if _PROC else 0.0
                for one in (without, captured)
            ]
            for number in range(max(2, rounds // 4)):
                print(f"\r  rows {number + 1} ", end="", file=sys.stderr, flush=True)
                cells = [f"{cell}\n# row {number}" for cell in CELLS]
                for attached in in_turn(number):
                    rows[attached].append((captured if attached else without).row(cells) / len(cells))
    print(file=sys.stderr)
    # Before and after an execution there is one call each.
    added = [_sum(hooks[at : at + 2]) for at in range(0, len(times[True]) * 2 - 1, 2)]
    differences = [one - other for one, other in zip(times[True], times[False])]
    return {
        "cells": len(times[True]),
        "cell_without_ms": _ms([(one, 0.0) for one in times[False]], 0),
        "cell_with_ms": _ms([(one, 0.0) for one in times[True]], 0),
        "difference_p50_ms": _ms([(one, 0.0) for one in differences], 0),
        "added_p50_ms": _ms(added, 0),
        "added_p99_ms": _ms(added, 0, 0.99),
        "added_max_ms": _ms(added, 0, 1.0),
        "added_processor_p50_ms": _ms(added, 1),
        "later_p50_ms": _ms(later, 0),
        "later_processor_p50_ms": _ms(later, 1),
        "row_without_ms": round(statistics.median(rows[False]) * 1e3, 3),
        "row_with_ms": round(statistics.median(rows[True]) * 1e3, 3),
        "memory_without_mb": round(resident[0]),
        "memory_with_mb": round(resident[1]),
        "memory_ratio": round(resident[1] / resident[0], 3) if resident[0] else None,
        "parts": {
            name: {
                "p50_ms": _ms(values, 0),
                "processor_p50_ms": _ms(values, 1),
                "p99_ms": _ms(values, 0, 0.99),
            }
            for name, values in parts.items()
            if values
        },
    }


def _sum(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(one for one, _ in pairs), sum(other for _, other in pairs)


def _ms(pairs: list[tuple[float, float]], which: int, share: float = 0.5) -> float:
    return round(quantile([pair[which] for pair in pairs], share) * 1e3, 3)


def loops(pairs: int, times: int = 4) -> dict[str, Any]:
    """A loop in fresh kernels with capture, and in two without: how much two that are alike differ tells
    what a difference means. Of each kernel the fastest of some times counts."""
    ratios: dict[str, list[float]] = {"loop": [], "control": []}
    beside: list[float] = []
    for number in range(pairs):
        print(f"\r  loops {number + 1} of {pairs} ", end="", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text:
            folder = Path(text)
            with kernel(folder, False) as one, kernel(folder, True) as two, kernel(folder, False) as three:
                best = [float("inf")] * 3
                others: list[list[float]] = [[], [], []]
                for turn in range(times):
                    for at in (0, 1, 2) if turn % 2 else (2, 1, 0):
                        asked = (one, two, three)[at]
                        asked.ask(LOOP)
                        best[at] = min(best[at], asked.number("looped"))
                        others[at].append(asked.number("beside"))
        ratios["loop"] += [best[1] / best[0], best[1] / best[2]]
        ratios["control"] += [best[2] / best[0]]
        beside.append((statistics.median(others[1]) - statistics.median(others[0])) / best[0])
    print(file=sys.stderr)
    return {
        "loops": pairs,
        "loop_beside": round(statistics.median(beside), 4),
        **{f"{name}_ratio": round(statistics.median(found), 3) for name, found in ratios.items()},
        **{
            f"{name}_ratio_quarters": [round(quantile(found, share), 3) for share in (0.25, 0.75)]
            for name, found in ratios.items()
        },
    }


_PROC = Path("/proc/self/statm").exists()


def imports(rounds: int, name: str, cell: str) -> dict[str, Any]:
    """A cell that imports much, in fresh kernels; the first pair only fills the caches of the system."""
    times: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    later: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        for attached in in_turn(number):
            print(f"\r  {name} {number} of {rounds} ", end="", file=sys.stderr, flush=True)
            with (
                tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text,
                kernel(Path(text), attached) as one,
            ):
                seconds = one.seconds(cell)
                if number:
                    times[attached].append((seconds, one.number("_Clock.spent")))
                if number and attached:
                    later.append(_sum(one.times("_Clock.later")))
    print(file=sys.stderr)
    found: dict[str, Any] = {f"{name}_pairs": rounds}
    found |= {f"{name}_later_ms": _ms(later, 0), f"{name}_later_processor_ms": _ms(later, 1)}
    for key, which in ((name, 0), (f"{name}_processor", 1)):
        ratios = [one[which] / other[which] for one, other in zip(times[True], times[False])]
        found |= {
            f"{key}_without_s": round(statistics.median(one[which] for one in times[False]), 3),
            f"{key}_with_s": round(statistics.median(one[which] for one in times[True]), 3),
            f"{key}_ratio": round(statistics.median(ratios), 3),
            f"{key}_ratio_quarters": [round(quantile(ratios, share), 3) for share in (0.25, 0.75)],
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="rounds over all cells")
    parser.add_argument("--loops", type=int, default=5, help="groups of kernels that loop")
    parser.add_argument("--imports", type=int, default=7, help="pairs of kernels that import")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    row: dict[str, Any] = {}
    if options.rounds:
        row |= cells_and_memory(options.rounds)
    if options.loops:
        row |= loops(options.loops)
    if options.imports:
        row |= imports(options.imports, "import", IMPORT)
        row |= imports(options.imports, "import_and_use", USE)
    print(json.dumps(row) if options.json else "\n".join(_lines(row)))


def _lines(row: dict[str, Any]) -> Iterator[str]:
    """What was measured, in sentences."""
    if "cells" in row:
        yield (
            f"{row['cells']} cells with 200 variables, p50: {row['cell_without_ms']} ms without, "
            f"{row['cell_with_ms']} ms with capture; of the differences {row['difference_p50_ms']} ms"
        )
        yield (
            f"added before the answer: p50 {row['added_p50_ms']} ms "
            f"(on the processor {row['added_processor_p50_ms']}), p99 {row['added_p99_ms']} ms, "
            f"longest {row['added_max_ms']} ms"
        )
        yield (
            f"done after the answer: p50 {row['later_p50_ms']} ms "
            f"(on the processor {row['later_processor_p50_ms']})"
        )
        yield (
            f"many cells sent at once, each: {row['row_without_ms']} ms without, "
            f"{row['row_with_ms']} ms with capture"
        )
        for name, part in sorted(row["parts"].items(), key=lambda item: -item[1]["p50_ms"]):
            yield (
                f"  {name:24} p50 {part['p50_ms']:7.3f} ms "
                f"(on the processor {part['processor_p50_ms']:.3f}), p99 {part['p99_ms']:7.3f} ms"
            )
        if row["memory_ratio"]:
            yield (
                f"memory of the kernel: {row['memory_without_mb']} MB without, "
                f"{row['memory_with_mb']} MB with capture, ratio {row['memory_ratio']}"
            )
    if "loops" in row:
        yield (
            f"a loop inside a cell: {row['loop_ratio']} of its time without capture, half between "
            f"{row['loop_ratio_quarters']}; two kernels without: {row['control_ratio']}, "
            f"half between {row['control_ratio_quarters']}; {row['loops']} groups of kernels. "
            f"Threads of the tracker meanwhile: {row['loop_beside']:.2%} of the loop's time"
        )
    for name, what in (("import", "imports much"), ("import_and_use", "imports much and uses it")):
        if f"{name}_ratio" in row:
            yield (
                f"a cell that {what}, {row[f'{name}_pairs']} pairs: {row[f'{name}_without_s']} s without, "
                f"{row[f'{name}_with_s']} s with capture, ratio {row[f'{name}_ratio']} "
                f"{row[f'{name}_ratio_quarters']}; of its thread's processor time "
                f"{row[f'{name}_processor_ratio']} {row[f'{name}_processor_ratio_quarters']}. "
                f"Done after the answer: {row[f'{name}_later_ms']} ms "
                f"(on the processor {row[f'{name}_later_processor_ms']})"
            )


if __name__ == "__main__":
    main()
