"""What one `log_metric` call costs: every tracker in turn, several rounds, each in a process of its own.

Prints a table of p50, p99 and mean in microseconds, and the ratio of p50 to Backtrail's in the same
round; JSON with `--json`. The rounds interleave the trackers, so that a change of the machine's speed
reaches all of them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TRACKERS = {
    "os_write": (10_000, "format + os.write (floor)"),
    "backtrail": (10_000, "Backtrail"),
    "trackio_local": (10_000, "trackio"),
    "tensorboardx": (10_000, "tensorboardX"),
    "wandb_offline": (10_000, "W&B offline"),
    "mlflow_local": (500, "MLflow (SQLite)"),
}


def measure(name: str, calls: int, folder: Path) -> dict[str, float]:
    """Durations of `calls` calls of one scalar, in microseconds."""
    tracker = importlib.import_module(f"trackers.{name}")
    tracker.start(folder)
    log, clock = tracker.log, time.perf_counter_ns
    warm_up = max(calls // 10, 50)
    for step in range(warm_up):
        log(step, 0.5 + step / 1e6)
    durations = []
    for step in range(warm_up, warm_up + calls):
        value = 0.5 + step / 1e6
        before = clock()
        log(step, value)
        durations.append(clock() - before)
    durations.sort()
    return {
        "p50": durations[len(durations) // 2] / 1e3,
        "p99": durations[len(durations) * 99 // 100] / 1e3,
        "mean": statistics.fmean(durations) / 1e3,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", choices=TRACKERS)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, TRACKERS[options.one][0], options.folder)), flush=True)
        return
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in TRACKERS}
    for number in range(options.rounds):
        for name in TRACKERS:
            print(f"  round {number + 1} of {options.rounds}: {TRACKERS[name][1]}", file=sys.stderr)
            with tempfile.TemporaryDirectory() as folder:
                command = [sys.executable, __file__, "--one", name, "--folder", folder]
                done = subprocess.run(
                    command, cwd=HERE, capture_output=True, text=True, timeout=600, check=False
                )
            if done.returncode == 0:
                # Some trackers print when they start and end.
                (line,) = (line for line in done.stdout.splitlines() if line.startswith('{"p50"'))
                rounds[name].append(json.loads(line))
            else:
                print(done.stderr[-2000:], file=sys.stderr)
    table = []
    for name, results in rounds.items():
        if not results:
            table.append({"tracker": TRACKERS[name][1], "error": "could not run"})
            continue
        ratios = [r["p50"] / b["p50"] for r, b in zip(results, rounds["backtrail"])]
        row = {key: round(statistics.median(r[key] for r in results), 2) for key in ("p50", "p99", "mean")}
        table.append({"tracker": TRACKERS[name][1], **row, "ratio": round(statistics.median(ratios), 2)})
    if options.json:
        print(json.dumps(table))
        return
    print(f"{'one log_metric call':28}{'p50 us':>10}{'p99 us':>10}{'mean us':>10}{'p50 / Backtrail':>18}")
    for row in table:
        if "error" in row:
            print(f"{row['tracker']:28}{row['error']:>10}")
        else:
            print(f"{row['tracker']:28}{row['p50']:>10}{row['p99']:>10}{row['mean']:>10}{row['ratio']:>18}")


if __name__ == "__main__":
    main()
