"""Real kernels, with capture and without, that time their cells and what the tracker does."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parent.parent

# Times each cell from the request to the reply, and what the tracker does, if it is there: by the clock, and
# on the processor, where what else goes on counts less.
CLOCK = """
import time as _time
class _Clock:
    last, spent, hooks, later, parts = 0.0, 0.0, [], [], {}
    @classmethod
    def timed(cls, call, to):
        def run(*values):
            begun, spent = _time.perf_counter(), _time.thread_time()
            try:
                return call(*values)
            finally:
                to.append((_time.perf_counter() - begun, _time.thread_time() - spent))
        return run
    @classmethod
    def clear(cls):
        for times in (cls.hooks, cls.later, *cls.parts.values()):
            times.clear()
def _install():
    shell = get_ipython()
    execute = shell.kernel.do_execute
    async def timed(code, silent, *values, **named):
        begun, spent = _time.perf_counter(), _time.thread_time()
        try:
            return await execute(code, silent, *values, **named)
        finally:
            if not silent:
                _Clock.last, _Clock.spent = _time.perf_counter() - begun, _time.thread_time() - spent
    shell.kernel.do_execute = timed
    tracker = getattr(shell, "_backtrail", None)
    if tracker is not None:
        events, cells = shell.events, tracker.cells
        for event, hook in (("pre_run_cell", cells._pre), ("post_run_cell", cells._post)):
            listening = events.callbacks[event]
            listening[listening.index(hook)] = _Clock.timed(hook, _Clock.hooks)
        cells._finish = _Clock.timed(cells._finish, _Clock.later)
        for one in cells._observers._all:
            for name in ("before", "after"):
                times = _Clock.parts.setdefault(f"{type(one).__name__} {name}", [])
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

    def times(self, expression: str) -> list[tuple[float, float]]:
        """What a list of the clock holds: seconds, and seconds on the processor."""
        told = self.ask("", {"v": f"' '.join(repr(x) for pair in {expression} for x in pair)"}, silent=True)
        words = told["user_expressions"]["v"]["data"]["text/plain"].strip("'").split()
        return [(float(one), float(other)) for one, other in zip(words[::2], words[1::2])]

    def parts(self) -> list[str]:
        """The parts of the tracker that are timed."""
        told = self.ask("", {"v": "','.join(_Clock.parts)"}, silent=True)["user_expressions"]["v"]
        return [name for name in str(told["data"]["text/plain"]).strip("'").split(",") if name]

    def row(self, cells: list[str]) -> float:
        """Seconds until all cells that were sent at once are answered."""
        begun = time.perf_counter()
        waiting = {self._client.execute(cell) for cell in cells}
        while waiting:
            reply = self._client.get_shell_msg(timeout=120)
            waiting.discard(reply["parent_header"].get("msg_id"))
        return time.perf_counter() - begun


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
