"""What capture adds to cells, in a notebook with 200 variables of which some are arrays of 100 MB.

Two real IPython kernels on this machine, one attached and one not, execute the same cells in turn, now one
first and now the other. What is told are medians of the differences and ratios of such pairs, so that what
else the machine does at a time falls on both. The time of a cell is taken inside the kernel, around all of
IPython's work on it; that of a loop inside the cell itself, as the time that processors spend on the kernel
with all its threads, which others on the machine do not lengthen. What the hooks of the tracker take is timed
beside, each part apart, so that what it adds at the worst does not drown in the noise of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parent.parent

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
begun = time.process_time()
total = 0
for step in range(300_000):
    total += step
looped = time.process_time() - begun
"""
IMPORT = "import pandas, sklearn.ensemble, sklearn.linear_model, matplotlib.pyplot"

# Times each cell from the request to the reply, and the tracker's hooks if there are any.
CLOCK = """
import time as _time
class _Clock:
    last, hooks, parts = 0.0, [], {}
    @classmethod
    def timed(cls, call, to):
        def run(*values):
            begun = _time.perf_counter()
            try:
                return call(*values)
            finally:
                to.append(_time.perf_counter() - begun)
        return run
def _install():
    shell = get_ipython()
    execute = shell.kernel.do_execute
    async def timed(code, silent, *values, **named):
        begun = _time.perf_counter()
        try:
            return await execute(code, silent, *values, **named)
        finally:
            if not silent:
                _Clock.last = _time.perf_counter() - begun
    shell.kernel.do_execute = timed
    tracker = getattr(shell, "_backtrail", None)
    if tracker is not None:
        events, cells = shell.events, tracker.cells
        for event, hook in (("pre_run_cell", cells._pre), ("post_run_cell", cells._post)):
            listening = events.callbacks[event]
            listening[listening.index(hook)] = _Clock.timed(hook, _Clock.hooks)
        for one in cells._observers._all:
            for name in ("before", "after"):
                times = _Clock.parts.setdefault(type(one).__name__, [])
                setattr(one, name, _Clock.timed(getattr(one, name), times))
_install()
"""


class Kernel:
    """A kernel that is asked for cells and for values."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def ask(
        self, code: str, expressions: dict[str, str] | None = None, silent: bool = False
    ) -> dict[str, Any]:
        message = self._client.execute(
            code, silent=silent, store_history=not silent, user_expressions=expressions or {}
        )
        while True:
            reply = self._client.get_shell_msg(timeout=120)
            if reply["parent_header"].get("msg_id") == message:
                break
        content: dict[str, Any] = reply["content"]
        if content["status"] != "ok":
            raise RuntimeError(str(content))
        return content

    def attach(self, folder: Path) -> None:
        options = json.dumps({"notebook": str(folder / "bench.ipynb"), "capture": True})
        expression = f"__import__('backtrail.tracker.attach', fromlist=['attach']).attach({options!r})"
        self.ask("", {"b": expression}, silent=True)

    def seconds(self, code: str) -> float:
        """How long the kernel was with a cell."""
        self.ask(code)
        return float(self.number("_Clock.last"))

    def number(self, expression: str) -> float:
        told = self.ask("", {"v": expression}, silent=True)["user_expressions"]["v"]
        return float(told["data"]["text/plain"])

    def numbers(self, expression: str) -> list[float]:
        told = self.ask("", {"v": f"' '.join(map(repr, {expression}))"}, silent=True)["user_expressions"]["v"]
        return [float(word) for word in told["data"]["text/plain"].strip("'").split()]

    def words(self, expression: str) -> list[str]:
        told = self.ask("", {"v": f"' '.join({expression})"}, silent=True)["user_expressions"]["v"]
        return str(told["data"]["text/plain"]).strip("'").split()


@contextmanager
def kernel(folder: Path, attached: bool) -> Iterator[Kernel]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "JUPYTER_DATA_DIR": str(folder / "data")}
    # How fast a name is found depends on it.
    environment["PYTHONHASHSEED"] = "0"
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder), env=environment)
    made = Kernel(client)
    try:
        if attached:
            made.attach(folder)
        made.ask(CLOCK, silent=True)
        yield made
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def in_turn(number: int) -> tuple[bool, bool]:
    """Which of the two kernels comes first, the one without capture or the one with it."""
    return (False, True) if number % 2 else (True, False)


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def cells_and_memory(rounds: int) -> dict[str, Any]:
    """The cells in turn in both kernels."""
    times: dict[bool, list[float]] = {False: [], True: []}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text:
        folder = Path(text)
        with kernel(folder, False) as without, kernel(folder, True) as captured:
            for one in (without, captured):
                one.ask(SETUP)
                for cell in CELLS:
                    one.ask(cell)
            captured.ask("for times in (_Clock.hooks, *_Clock.parts.values()): times.clear()", silent=True)
            for number in range(rounds):
                print(f"\r  cells {number + 1} of {rounds} ", end="", file=sys.stderr, flush=True)
                for at, cell in enumerate(CELLS):
                    # Another source each time, as of cells that are edited: nothing of it is known yet.
                    edited = f"{cell}\n# {number}"
                    for attached in in_turn(number + at):
                        times[attached].append((captured if attached else without).seconds(edited))
            loops: dict[bool, list[float]] = {False: [], True: []}
            for number in range(max(20, rounds * 2)):
                print(f"\r  loops {number + 1} ", end="", file=sys.stderr, flush=True)
                for attached in in_turn(number):
                    one = captured if attached else without
                    one.ask(LOOP)
                    loops[attached].append(one.number("looped"))
            hooks = captured.numbers("_Clock.hooks")
            parts = {
                name: captured.numbers(f"_Clock.parts[{name!r}]") for name in captured.words("_Clock.parts")
            }
            resident = [
                one.number("int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6") if _PROC else 0.0
                for one in (without, captured)
            ]
    print(file=sys.stderr)
    # Before and after an execution there is one call each.
    added = [sum(hooks[at : at + 2]) for at in range(0, len(times[True]) * 2 - 1, 2)]
    differences = [one - other for one, other in zip(times[True], times[False])]
    ratios = [one / other for one, other in zip(loops[True], loops[False])]
    return {
        "cells": len(times[True]),
        "cell_without_ms": round(statistics.median(times[False]) * 1e3, 3),
        "cell_with_ms": round(statistics.median(times[True]) * 1e3, 3),
        "difference_p50_ms": round(statistics.median(differences) * 1e3, 3),
        "added_p50_ms": round(quantile(added, 0.5) * 1e3, 3),
        "added_p99_ms": round(quantile(added, 0.99) * 1e3, 3),
        "added_max_ms": round(max(added) * 1e3, 3),
        "loops": len(ratios),
        "loop_ratio": round(statistics.median(ratios), 3),
        "loop_ratio_quarters": [round(quantile(ratios, share), 3) for share in (0.25, 0.75)],
        "memory_without_mb": round(resident[0]),
        "memory_with_mb": round(resident[1]),
        "memory_ratio": round(resident[1] / resident[0], 3) if resident[0] else None,
        "parts": {
            name: {
                "p50_ms": round(quantile(pairs, 0.5) * 1e3, 3),
                "p99_ms": round(quantile(pairs, 0.99) * 1e3, 3),
            }
            for name, values in parts.items()
            for pairs in [[sum(values[at : at + 2]) for at in range(0, len(times[True]) * 2 - 1, 2)]]
            if pairs
        },
    }


_PROC = Path("/proc/self/statm").exists()


def imports(rounds: int) -> dict[str, Any]:
    """A cell that imports much, in fresh kernels."""
    times: dict[bool, list[float]] = {False: [], True: []}
    for number in range(rounds):
        for attached in (False, True) if number % 2 else (True, False):
            print(f"\r  imports {number + 1} of {rounds} ", end="", file=sys.stderr, flush=True)
            with (
                tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text,
                kernel(Path(text), attached) as one,
            ):
                times[attached].append(one.seconds(IMPORT))
    print(file=sys.stderr)
    without, captured = statistics.median(times[False]), statistics.median(times[True])
    ratios = [one / other for one, other in zip(times[True], times[False])]
    return {
        "import_without_s": round(without, 3),
        "import_with_s": round(captured, 3),
        "import_ratio": round(statistics.median(ratios), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="rounds over all cells")
    parser.add_argument("--imports", type=int, default=5, help="pairs of kernels that import")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    row = {**cells_and_memory(options.rounds), **imports(options.imports)}
    if options.json:
        print(json.dumps(row))
        return
    print(
        f"{row['cells']} cells with 200 variables, p50: {row['cell_without_ms']} ms without, "
        f"{row['cell_with_ms']} ms with capture; of the differences {row['difference_p50_ms']} ms"
    )
    print(
        f"added by the hooks: p50 {row['added_p50_ms']} ms, p99 {row['added_p99_ms']} ms, "
        f"longest {row['added_max_ms']} ms"
    )
    for name, part in sorted(row["parts"].items(), key=lambda item: -item[1]["p50_ms"]):
        share = part["p50_ms"] / row["added_p50_ms"]
        print(f"  {name:16} p50 {part['p50_ms']:7.3f} ms ({share:4.0%}), p99 {part['p99_ms']:7.3f} ms")
    rest = row["added_p50_ms"] - sum(part["p50_ms"] for part in row["parts"].values())
    print(f"  {'the cell itself':16} p50 {rest:7.3f} ms ({rest / row['added_p50_ms']:4.0%})")
    low, high = row["loop_ratio_quarters"]
    print(
        f"a loop inside a cell: {row['loop_ratio']} of its time without capture, "
        f"in {row['loops']} pairs, half of them from {low} to {high}"
    )
    print(
        f"a cell that imports much: {row['import_without_s']} s without, {row['import_with_s']} s with "
        f"capture, ratio {row['import_ratio']}"
    )
    if row["memory_ratio"]:
        print(
            f"memory of the kernel: {row['memory_without_mb']} MB without, {row['memory_with_mb']} MB with "
            f"capture, ratio {row['memory_ratio']}"
        )


if __name__ == "__main__":
    main()
