"""What the answer of a cell need not wait for, and what is done before anything else of the notebook runs.

The kernel answers first. As soon as it is idle, or before it attends to the next request, whichever comes
first, the work is done on the thread that the cell ran on: nothing of the notebook's can have changed in
between but by threads and tasks that go on beside the cells.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Callable

from . import interrupts

Job = Callable[[], None]


class Afterwards:
    """At most one job waits. ``shell`` is IPython's; without a kernel there is no time afterwards."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._waiting: list[Job] = []
        self._wrapped: dict[str, _First] = {}

    def start(self) -> None:
        """Puts itself before whatever the kernel is asked for."""
        handlers = self._handlers()
        for kind, handler in list(handlers.items()):
            handlers[kind] = self._wrapped[kind] = _First(self._before, handler)

    def stop(self) -> None:
        """Does what waits, and leaves the kernel as it was."""
        self.settle()
        handlers = self._handlers()
        for kind, wrapped in self._wrapped.items():
            if handlers.get(kind) is wrapped:
                handlers[kind] = wrapped.handler
        self._wrapped.clear()

    def do(self, job: Job) -> None:
        """Does ``job`` afterwards where it is certain that this comes, and else now."""
        loop = self._loop()
        self._waiting.append(job)
        if loop is None or not _next(loop, self._quietly):
            self.settle()

    def settle(self) -> None:
        """Does what waits. Safe to be called by any thread; a job does not raise."""
        while self._waiting:
            try:
                job = self._waiting.pop()
            except IndexError:
                return
            job()

    def _before(self) -> None:
        """The same, before a request: an interrupt that comes meanwhile is meant for the next cell."""
        if self._waiting:
            interrupts.held(self._quietly)

    def _quietly(self) -> None:
        """The same, for the kernel: what is wrong with it is none of what it is asked for."""
        try:
            self.settle()
        except BaseException:
            pass

    def _loop(self) -> asyncio.AbstractEventLoop | None:
        """The loop of the kernel, where the request that is attended to is a cell and nothing but it."""
        if not self._wrapped or not interrupts.is_main():
            return None
        try:
            request = self._shell.get_parent()
            if request["header"]["msg_type"] != "execute_request" or request["content"].get("silent"):
                # Something calls IPython to execute a cell, and goes on with its own work.
                return None
            return asyncio.get_running_loop()
        except Exception:
            return None

    def _handlers(self) -> dict[str, Any]:
        handlers = getattr(getattr(self._shell, "kernel", None), "shell_handlers", None)
        return handlers if type(handlers) is dict else {}


def _next(loop: asyncio.AbstractEventLoop, call: Job) -> bool:
    """Has ``call`` called before everything else that the loop is to do, as tasks of the notebook's.

    False: it was not possible, and nothing will be called.
    """
    ready = getattr(loop, "_ready", None)
    if type(ready) is not deque:
        return False
    try:
        handle = loop.call_soon(call)
    except RuntimeError:
        return False
    if ready[-1] is not handle:
        handle.cancel()
        return False
    ready.pop()
    ready.appendleft(handle)
    return True


class _First:
    """A handler of requests, before which something is done."""

    __slots__ = ("_settle", "handler")

    def __init__(self, settle: Job, handler: Callable[..., Any]) -> None:
        self._settle = settle
        self.handler = handler

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Attends to a request."""
        self._settle()
        return self.handler(*arguments, **named)
