"""What a cell's answer need not wait for is done right after it, and before anything else of the notebook."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from types import SimpleNamespace
from typing import Any

from backtrail.tracker.afterwards import Afterwards


class Kernel:
    """Attends to requests, as ipykernel does; each one notes that it was answered."""

    def __init__(self, done: list[str]) -> None:
        self.parent: dict[str, Any] = {}
        self.shell_handlers: dict[str, Any] = {"execute_request": self.execute, "comm_msg": self.comm}
        self.done = done
        self.shell = SimpleNamespace(kernel=self, get_parent=lambda: self.parent)
        self.afterwards = Afterwards(self.shell)

    def execute(self, name: str, silent: bool = False) -> None:
        self.parent = {"header": {"msg_type": "execute_request"}, "content": {"silent": silent}}
        self.done.append(name)
        self.afterwards.do(lambda: self.done.append(f"after {name}"))
        self.done.append(f"answer {name}")

    def comm(self, name: str) -> None:
        self.parent = {"header": {"msg_type": "comm_msg"}, "content": {}}
        self.done.append(name)

    def ask(self, kind: str, *given: Any) -> None:
        self.shell_handlers[kind](*given)


def test_the_answer_comes_first_and_then_what_is_done_afterwards() -> None:
    done: list[str] = []

    async def kernel() -> None:
        at_work = Kernel(done)
        at_work.afterwards.start()
        at_work.ask("execute_request", "cell")
        await asyncio.sleep(0)

    asyncio.run(kernel())
    assert done == ["cell", "answer cell", "after cell"]


def test_it_is_done_before_tasks_of_the_notebook_and_before_the_next_request() -> None:
    done: list[str] = []

    async def task() -> None:
        done.append("task")

    async def kernel() -> None:
        at_work = Kernel(done)
        at_work.afterwards.start()
        begun = asyncio.ensure_future(task())
        at_work.ask("execute_request", "cell")
        await asyncio.sleep(0)
        at_work.ask("execute_request", "second")
        # It was sent while the cell ran, and is attended to without a pause.
        at_work.ask("comm_msg", "widget")
        await begun

    asyncio.run(kernel())
    assert done[:4] == ["cell", "answer cell", "after cell", "task"]
    assert done[4:] == ["second", "answer second", "after second", "widget"]


def test_without_a_time_afterwards_it_is_done_at_once() -> None:
    done: list[str] = []
    at_work = Kernel(done)
    at_work.ask("execute_request", "not started")
    at_work.afterwards.start()
    at_work.ask("execute_request", "no loop")

    async def kernel() -> None:
        # Silent code may call IPython to execute a cell, and go on.
        at_work.ask("execute_request", "silent", True)
        thread = threading.Thread(target=at_work.ask, args=("execute_request", "thread"))
        thread.start()
        thread.join()

    asyncio.run(kernel())
    names = ("not started", "no loop", "silent", "thread")
    assert done == [said for name in names for said in (name, f"after {name}", f"answer {name}")]


def test_an_interrupt_that_comes_meanwhile_meets_the_next_cell() -> None:
    done: list[str] = []

    class Busy(Kernel):
        def execute(self, name: str, silent: bool = False) -> None:
            if name == "second":
                try:
                    for _ in range(500):
                        time.sleep(0.01)
                except KeyboardInterrupt:
                    done.append("interrupted")
                return
            self.parent = {"header": {"msg_type": "execute_request"}, "content": {"silent": silent}}
            self.afterwards.do(lambda: (signal.raise_signal(signal.SIGINT), done.append("settled"))[-1])

    async def kernel() -> None:
        at_work = Busy(done)
        at_work.afterwards.start()
        at_work.ask("execute_request", "first")
        at_work.ask("execute_request", "second")

    # As ipykernel has it: `asyncio.run` has its own way with interrupts. A shell has its jobs ignore them.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(kernel())
    finally:
        loop.close()
        signal.signal(signal.SIGINT, before)
    assert done == ["settled", "interrupted"]


def test_at_the_end_it_does_what_waits_and_leaves_the_kernel_as_it_was() -> None:
    done: list[str] = []
    before = dict(Kernel(done).shell_handlers)

    async def kernel() -> None:
        at_work = Kernel(done)
        own = dict(at_work.shell_handlers)
        at_work.afterwards.start()
        assert before.keys() == at_work.shell_handlers.keys()
        assert at_work.shell_handlers != own
        at_work.ask("execute_request", "cell")
        at_work.afterwards.stop()
        assert done[-1] == "after cell"
        assert at_work.shell_handlers == own
        await asyncio.sleep(0)

    asyncio.run(kernel())
    assert done.count("after cell") == 1
