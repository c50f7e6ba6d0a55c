"""What capture costs a kernel: attaching, and a trivial cell with capture against one without.

Two real IPython kernels on this machine, one attached and one not, run the same cell in turn; the figures
are the client's round trips, so they hold everything a user could notice.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def kernel(folder: Path) -> Iterator[Any]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "JUPYTER_DATA_DIR": str(folder / "data")}
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder), env=environment)
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def round_trip(
    client: Any, code: str, expressions: dict[str, str] | None = None, silent: bool = False
) -> float:
    """Seconds from sending a cell to the kernel's reply."""
    before = time.perf_counter()
    message = client.execute(
        code, silent=silent, store_history=not silent, user_expressions=expressions or {}
    )
    while True:
        reply = client.get_shell_msg(timeout=60)
        if reply["parent_header"].get("msg_id") == message:
            break
    took = time.perf_counter() - before
    if reply["content"]["status"] != "ok":
        raise RuntimeError(str(reply["content"]))
    for answer in reply["content"].get("user_expressions", {}).values():
        if answer["status"] != "ok":
            raise RuntimeError(f"{answer['ename']}: {answer['evalue']}")
    return took


def attach_expression(folder: Path) -> dict[str, str]:
    options = json.dumps({"notebook": str(folder / "bench.ipynb"), "capture": True, "directory": ""})
    return {"b": f"__import__('backtrail.tracker.attach', fromlist=['attach']).attach({options!r})"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernels", type=int, default=5, help="pairs of kernels")
    parser.add_argument("--cells", type=int, default=200, help="cells a kernel")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    attach, again, plain, captured = [], [], [], []
    for number in range(options.kernels):
        print(f"\r  kernels {number + 1} of {options.kernels} ", end="", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as text:
            folder = Path(text)
            with kernel(folder) as without, kernel(folder) as with_capture:
                empty = statistics.median(round_trip(with_capture, "", {"b": "1"}, True) for _ in range(10))
                expression = attach_expression(folder)
                attach.append(round_trip(with_capture, "", expression, True) - empty)
                again.append(
                    statistics.median(round_trip(with_capture, "", expression, True) for _ in range(10))
                    - empty
                )
                for client in (without, with_capture):
                    for _ in range(20):
                        round_trip(client, "x = 1")
                for _ in range(options.cells):
                    plain.append(round_trip(without, "x = 1"))
                    captured.append(round_trip(with_capture, "x = 1"))
    print(file=sys.stderr)
    row = {
        "attach_ms": round(statistics.median(attach) * 1e3, 1),
        "attach_max_ms": round(max(attach) * 1e3, 1),
        "attach_again_ms": round(statistics.median(again) * 1e3, 2),
        "cell_without_ms": round(statistics.median(plain) * 1e3, 3),
        "cell_with_ms": round(statistics.median(captured) * 1e3, 3),
        "added_ms": round((statistics.median(captured) - statistics.median(plain)) * 1e3, 3),
        "ratio": round(statistics.median(captured) / statistics.median(plain), 2),
    }
    if options.json:
        print(json.dumps(row))
        return
    print(
        f"attaching: {row['attach_ms']} ms (longest {row['attach_max_ms']}), "
        f"once attached {row['attach_again_ms']} ms"
    )
    print(
        f"a trivial cell, p50 of {len(plain)}: {row['cell_without_ms']} ms without, "
        f"{row['cell_with_ms']} ms with capture: {row['added_ms']} ms added, ratio {row['ratio']}"
    )


if __name__ == "__main__":
    main()
