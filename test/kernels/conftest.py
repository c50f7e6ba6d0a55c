"""A real Python kernel, driven as a frontend drives it."""

from __future__ import annotations

import ast
import json
import os
import queue
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

sys.path.insert(0, str(Path(__file__).parent))

import starting

ROOT = Path(__file__).parents[2]
PATIENCE = starting.PATIENCE

# Without the limits of time for what is left when a kernel ends, which a busy machine may exceed.
UNHURRIED = (
    "[vars(module).update(LAST_WAIT=60.0) for name, module in list(__import__('sys').modules.items())"
    " if name in ('backtrail.tracker.upkeep', 'backtrail.tracker.files.observer')] and None"
)


class Answer:
    """What came back for one request: the reply's content, and the messages that were published."""

    def __init__(self, reply: dict[str, Any], published: list[dict[str, Any]]) -> None:
        self.reply = reply
        self.published = published

    @property
    def status(self) -> str:
        return str(self.reply["status"])

    @property
    def text(self) -> str:
        """All that was printed, on either stream."""
        return "".join(m["content"]["text"] for m in self.published if m["msg_type"] == "stream")

    @property
    def outputs(self) -> list[tuple[str, Any]]:
        """What the user sees, without what differs from one execution to the next anyway."""
        shown = []
        for message in self.published:
            kind, content = message["msg_type"], dict(message["content"])
            if kind in ("stream", "display_data", "execute_result", "error"):
                content.pop("transient", None)
                shown.append((kind, content))
        return shown


class Kernel:
    """A kernel in a folder of its own, with its own Jupyter directories."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.notebook = folder / "nb.ipynb"
        self.runs = folder / "runs"
        self.hurries = False
        """Whether the kernel, when it ends, has only the little time that it gives itself."""
        self._polled = False
        self._unanswered: set[str] = set()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")},
            "PYTHONPATH": str(ROOT),
            "JUPYTER_DATA_DIR": str(folder / "jupyter-data"),
            "IPYTHONDIR": str(folder / "ipython"),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        }
        self.environment.pop("JPY_SESSION_NAME", None)
        self.manager, self.client = starting.start(
            lambda: KernelManager(kernel_name="python3"), str(folder), self.environment
        )

    def send(
        self,
        code: str,
        cell: str | None = None,
        *,
        silent: bool = False,
        history: bool = True,
        stop: bool = True,
        expressions: dict[str, str] | None = None,
        subshell: str | None = None,
    ) -> str:
        """Sends a cell and does not wait; the id of the request."""
        content = {
            "code": code,
            "silent": silent,
            "store_history": history and not silent,
            "user_expressions": expressions or {},
            "allow_stdin": False,
            "stop_on_error": stop,
        }
        message = self.client.session.msg(
            "execute_request", content, metadata={"cellId": cell} if cell else {}
        )
        if subshell:
            message["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(message)
        request = str(message["header"]["msg_id"])
        self._unanswered.add(request)
        return request

    def wait(self, *requests: str) -> list[Answer]:
        """The answers to requests, in their order."""
        replies: dict[str, dict[str, Any]] = {}
        published: dict[str, list[dict[str, Any]]] = {request: [] for request in requests}
        idle: set[str] = set()
        until = time.monotonic() + PATIENCE
        while not (replies.keys() >= set(requests) and idle >= set(requests)):
            assert time.monotonic() < until, f"no answer from the kernel: {published}"
            for get in (self.client.get_shell_msg, self.client.get_iopub_msg):
                try:
                    message = get(timeout=0.02)
                except queue.Empty:
                    continue
                request = message["parent_header"].get("msg_id")
                if message["msg_type"] == "execute_reply":
                    replies[request] = message["content"]
                    self._unanswered.discard(request)
                elif request in published:
                    published[request].append(message)
                    if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                        idle.add(request)
        return [Answer(replies[request], published[request]) for request in requests]

    def run(self, code: str, cell: str | None = None, **options: Any) -> Answer:
        """Executes a cell and waits for its end."""
        return self.wait(self.send(code, cell, **options))[0]

    def expression(self, text: str) -> Any:
        """The value of an expression, asked without a trace."""
        answer = self.run("", silent=True, expressions={"b": f"__import__('json').dumps({text})"})
        found = answer.reply["user_expressions"]["b"]
        assert found["status"] == "ok", found
        # The text is the representation of a Python string.
        return json.loads(ast.literal_eval(found["data"]["text/plain"]))

    def attach(self, **options: Any) -> dict[str, Any]:
        """Attaches as the extension does."""
        options.setdefault("notebook", str(self.notebook))
        module = "__import__('backtrail.tracker.attach', fromlist=['attach'])"
        reply = self.expression(f"{module}.attach({json.dumps(options)!r})")
        if not self.hurries:
            self.expression(UNHURRIED)
        return dict(json.loads(reply))

    def logs(self) -> list[Path]:
        """The session logs, oldest first."""
        return sorted(self.runs.glob("*/sessions/*.jsonl"))

    def events(self, kind: str | None = None, log: int = -1, settled: bool = True) -> list[dict[str, Any]]:
        """The events of the latest session's log, or those of one kind.

        A cell is looked at right after its answer, so that is waited for if ``settled``.
        """
        path = self.logs()[log]
        if settled:
            self._settle(path)
        lines = path.read_text().splitlines(keepends=True)
        events = [json.loads(line) for line in lines if line.endswith("\n")]
        return [event for event in events if kind in (None, event["event"])]

    def eventually(self, found: Callable[[], Any]) -> Any:
        """What ``found`` gives, once it gives something: some things are written away from the cells."""
        until = time.monotonic() + PATIENCE
        polled, self._polled = self._polled, True
        try:
            while not (value := found()):
                assert time.monotonic() < until, "it did not come to pass"
                time.sleep(0.02)
        finally:
            self._polled = polled
        return value

    def _settle(self, path: Path) -> None:
        """Waits until every cell of a session has its end in the log, which is written after all else of it.

        Not for long where a cell may still be going on, and not at all where what is found is asked again, or
        where the session has ended.
        """
        until = time.monotonic() + (0 if self._polled else 1 if self._unanswered else 60)
        while (text := path.read_text()).count('{"event":"cell_start"') > text.count('{"event":"cell_end"'):
            ended = '{"event":"session_end"' in text or not self.manager.is_alive()
            if ended or time.monotonic() > until:
                break
            time.sleep(0.01)

    def points(self, run: str) -> list[dict[str, Any]]:
        """The points of a run, as far as their lines are whole: the last one may be being written."""
        self._settle(self.logs()[-1])
        whole, _, _ = next(self.runs.glob(f"*/{run}/metrics.jsonl")).read_text().rpartition("\n")
        return [json.loads(line) for line in whole.splitlines()]

    def run_ids(self) -> list[str]:
        """The runs of the latest session, oldest first."""
        return [event["run"] for event in self.events("run_start")]

    def summary(self, run: str) -> dict[str, Any]:
        """The ``run.json`` of a run, as it is now; empty while there is none."""
        found = list(self.runs.glob(f"*/{run}/run.json"))
        return dict(json.loads(found[0].read_bytes())) if found else {}

    def shutdown(self) -> None:
        """Ends the kernel as a server does, in an orderly way."""
        if self.manager.is_alive():
            self.manager.shutdown_kernel()

    def restart(self) -> None:
        """Restarts the kernel as a server does."""
        self.client.stop_channels()
        self.manager.restart_kernel(cwd=str(self.folder), env=self.environment)
        self.client = starting.connect(self.manager)

    def close(self) -> None:
        """Ends everything, whatever state it is in."""
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


@pytest.fixture
def start_kernel(tmp_path: Path) -> Iterator[Callable[..., Kernel]]:
    """Starts kernels with environment variables of one's choice."""
    kernels: list[Kernel] = []

    def start(folder: str = ".", **environment: str) -> Kernel:
        where = tmp_path / folder
        where.mkdir(exist_ok=True)
        kernels.append(Kernel(where, **environment))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()


@pytest.fixture
def kernel(start_kernel: Callable[..., Kernel]) -> Kernel:
    """A kernel without the tracker."""
    return start_kernel()


@pytest.fixture
def tracked(kernel: Kernel) -> Kernel:
    """A kernel with the tracker attached, as the extension attaches it."""
    assert kernel.attach()["state"] == "recording"
    return kernel
