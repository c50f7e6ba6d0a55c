"""What is left after SIGKILL: a process logs in a loop, acknowledges each call in shared memory, and is
killed at a random moment; then the points on disk are counted. Lost = acknowledged and not on disk."""

from __future__ import annotations

import argparse
import importlib
import json
import mmap
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TRACKERS = {
    "backtrail": "Backtrail",
    "trackio_local": "trackio",
    "tensorboardx": "tensorboardX",
    "wandb_offline": "W&B offline",
    "mlflow_local": "MLflow (SQLite)",
}


def write(name: str, folder: Path, pause: float) -> None:
    """Log for ever; after each call the count of calls stands in `folder/acknowledged`."""
    tracker = importlib.import_module(f"trackers.{name}")
    tracker.start(folder)
    with open(folder / "acknowledged", "r+b") as file:
        memory = mmap.mmap(file.fileno(), 8)
    step = 0
    while True:
        tracker.log(step, step / 7)
        step += 1
        struct.pack_into("<q", memory, 0, step)
        if pause:
            time.sleep(pause)


def kill_once(name: str, pause: float) -> tuple[int, int]:
    """Points acknowledged and kept of one process killed 0 to 300 ms after its first acknowledgement."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text:
        folder = Path(text)
        acknowledged = folder / "acknowledged"
        acknowledged.write_bytes(bytes(8))
        command = [sys.executable, __file__, "--write", name, "--folder", text, "--pause", str(pause)]
        child = subprocess.Popen(
            command, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + 120
        while struct.unpack("<q", acknowledged.read_bytes())[0] == 0:
            if child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{TRACKERS[name]} did not start")
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.3))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        count = struct.unpack("<q", acknowledged.read_bytes())[0]
        kept = importlib.import_module(f"trackers.{name}").kept(folder)
        return count, kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="SIGKILLs of Backtrail")
    parser.add_argument("--peer-rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", choices=TRACKERS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--pause", type=float, default=0.0)
    options = parser.parse_args()
    if options.write:
        write(options.write, options.folder, options.pause)
        return
    sys.path.insert(0, str(HERE))
    table = []
    # Backtrail in a tight loop; the peers at the pace of a training loop, which is kind to them: they write
    # in the background, and a tight loop only makes their queues longer.
    for name, title in TRACKERS.items():
        rounds, pause = (options.rounds, 0.0) if name == "backtrail" else (options.peer_rounds, 0.005)
        acknowledged = kept = lost = done = 0
        for number in range(rounds):
            print(f"\r  {title}: SIGKILL {number + 1} of {rounds} ", end="", file=sys.stderr, flush=True)
            try:
                count, found = kill_once(name, pause)
            except Exception as error:
                print(f"  {type(error).__name__}: {error}", file=sys.stderr)
                break
            done += 1
            acknowledged += count
            kept += found
            lost += max(0, count - found)
        print(file=sys.stderr)
        table.append(
            {"tracker": title, "kills": done, "acknowledged": acknowledged, "kept": kept, "lost": lost}
        )
    if options.json:
        print(json.dumps(table))
        return
    print(f"{'killed with SIGKILL':28}{'kills':>8}{'acknowledged':>14}{'on disk':>12}{'lost':>10}")
    for row in table:
        print(
            f"{row['tracker']:28}{row['kills']:>8}{row['acknowledged']:>14}{row['kept']:>12}{row['lost']:>10}"
        )


if __name__ == "__main__":
    main()
