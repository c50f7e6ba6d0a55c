"""A real kernel of tslab, driven as JupyterLab drives it."""

from __future__ import annotations

import json
import os
import queue
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import starting
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).parents[3]
BUNDLE = ROOT / "backtrail" / "tslab" / "register.cjs"
PATIENCE = starting.PATIENCE

Reply = dict[str, Any]


class TslabKernel:
    """A kernel in a folder of its own: ``script`` is typescript or javascript, ``options`` are Node's own."""

    def __init__(
        self, folder: Path, script: str = "typescript", options: Sequence[str] = (), program: str = ""
    ) -> None:
        self.folder = folder
        self.notebook = folder / "nb.ipynb"
        self.runs = folder / "runs"
        self._unanswered: set[str] = set()
        specs = folder / "kernels"
        (specs / "tslab").mkdir(parents=True, exist_ok=True)
        words = [program] if program else [str(ROOT / "node_modules/tslab/bin/tslab"), "kernel"]
        spec = {
            "argv": [
                "node",
                *options,
                *words,
                "--config-path",
                "{connection_file}",
                *(["--js"] if script == "javascript" else []),
            ],
            "display_name": "tslab",
            "language": script,
        }
        (specs / "tslab" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")}
        kept.pop("JPY_SESSION_NAME", None)
        known = KernelSpecManager(kernel_dirs=[str(specs)])
        self.manager, self.client = starting.start(
            lambda: KernelManager(kernel_name="tslab", kernel_spec_manager=known),
            str(folder),
            {**kept, "JUPYTER_DATA_DIR": str(folder / "jupyter-data")},
        )

    def send(
        self, code: str, cell: str | None = None, *, silent: bool = False, expression: str | None = None
    ) -> str:
        """Sends a cell and does not wait; the id of the request."""
        content = {
            "code": code,
            "silent": silent,
            "store_history": not silent,
            "user_expressions": {"backtrail": expression} if expression else {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        metadata = {"cellId": cell} if cell else {}
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        request = str(message["header"]["msg_id"])
        self._unanswered.add(request)
        return request

    def wait(self, *requests: str) -> list[tuple[Reply, str]]:
        """The replies to requests with all that they printed, in their order."""
        replies: dict[str, Reply] = {}
        printed = dict.fromkeys(requests, "")
        idle: set[str] = set()
        until = time.monotonic() + PATIENCE
        while not (replies.keys() >= set(requests) and idle >= set(requests)):
            assert time.monotonic() < until, f"no answer from the kernel: {replies}"
            for get in (self.client.get_shell_msg, self.client.get_iopub_msg):
                try:
                    message = get(timeout=0.02)
                except queue.Empty:
                    continue
                request, content = message["parent_header"].get("msg_id"), message["content"]
                if message["msg_type"] == "execute_reply":
                    self._unanswered.discard(request)
                if request not in printed:
                    continue
                if message["msg_type"] == "execute_reply":
                    replies[request] = content
                elif message["msg_type"] == "stream":
                    printed[request] += content["text"]
                elif message["msg_type"] == "status" and content["execution_state"] == "idle":
                    idle.add(request)
        return [(replies[request], printed[request]) for request in requests]

    def run(self, code: str, cell: str | None = None) -> tuple[Reply, str]:
        """Executes a cell and waits for its end; behind a failure, until the kernel takes cells again."""
        while True:
            reply, printed = self.wait(self.send(code, cell))[0]
            if reply["status"] != "ok":
                time.sleep(0.4)
            # For 200 ms by its own clock, which may be late, the kernel executes nothing behind a failure.
            if reply["status"] != "abort":
                return reply, printed

    def did(self, code: str) -> dict[str, Any]:
        """Executes a cell that must not fail; what it did to the names of the notebook."""
        reply, printed = self.run(code)
        assert reply["status"] == "ok", printed
        return self.events("variables")[-1]

    def ask(self, **options: Any) -> str:
        """Sends the request that JupyterLab sends ahead of cells, and does not wait."""
        text = json.dumps({"notebook": str(self.notebook), "capture": True, "directory": "", **options})
        load = f"require({json.dumps(str(BUNDLE))}).load({json.dumps(text)})"
        code = f"{{ try {{ globalThis.process.mainModule.{load} }} catch {{}} }}"
        return self.send(code, silent=True, expression=f"attach {text}")

    def attach(self, **options: Any) -> Reply:
        """Attaches, and returns what the tracker answers."""
        answer: dict[str, Any] = {}
        while not answer:
            reply, _ = self.wait(self.ask(**options))[0]
            answer = reply.get("user_expressions", {}).get("backtrail", {})
        found: Reply = json.loads(answer["data"]["text/plain"])
        return found

    def events(self, *kinds: str, settled: bool = True) -> list[dict[str, Any]]:
        """The events of all session logs of the notebook, of these kinds.

        A cell is looked at right after its answer, so that is waited for if ``settled``.
        """
        if settled:
            self.settle()
        texts = self._logs()
        # A last line without its end is being written.
        found = [json.loads(line) for text in texts for line in text.split("\n")[:-1]]
        return [event for event in found if not kinds or event["event"] in kinds]

    def settle(self) -> None:
        """Waits until every cell has its end in the log, written after all else that is known of it.

        Not where a cell may be going on still, and not for long where one never ends.
        """
        until = time.monotonic() + 60
        while self.manager.is_alive() and not self._unanswered and time.monotonic() < until:
            text = "".join(self._logs())
            if text.count('{"event":"cell_start"') <= text.count('{"event":"cell_end"'):
                return
            time.sleep(0.01)

    def eventually(self, found: Callable[[], Any]) -> Any:
        """What ``found`` gives, once it gives something: some things are written away from the cells."""
        until = time.monotonic() + PATIENCE
        while not (value := found()):
            assert time.monotonic() < until, "it did not come to pass"
            time.sleep(0.02)
        return value

    def _logs(self) -> list[str]:
        paths = sorted(self.runs.glob("nb/sessions/*.jsonl"))
        return [path.read_text(encoding="utf-8") for path in paths]

    def stop(self) -> None:
        """Shuts the kernel down in an orderly way."""
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def kill(self) -> None:
        """Ends the kernel as a lack of memory would."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


Make = Callable[..., TslabKernel]


@pytest.fixture(scope="module")
def make_kernel() -> Iterator[Make]:
    """Starts kernels, and ends at last those that still run."""
    made: list[TslabKernel] = []

    def make(folder: Path, script: str = "typescript", **started: Any) -> TslabKernel:
        made.append(TslabKernel(folder, script, **started))
        return made[-1]

    yield make
    for kernel in made:
        if kernel.manager.is_alive():
            kernel.kill()
