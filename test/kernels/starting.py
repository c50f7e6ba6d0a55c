"""Starts kernels where many are started, and where that is slow."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

# Ends a test that waits for what never comes. It is no measure: a busy machine may take a while for anything.
PATIENCE = 120
_MOST_TRIES = 3


def start(
    make: Callable[[], KernelManager], folder: str, environment: dict[str, str]
) -> tuple[KernelManager, BlockingKernelClient]:
    """A kernel that answers, and a client of it.

    A kernel ends, or hangs, when another process took one of its ports after they were chosen; it is started
    again on others then.

    Raises:
        RuntimeError: the kernel does not answer.
    """
    for tried in range(1, _MOST_TRIES + 1):
        manager = make()
        manager.start_kernel(cwd=folder, env=environment)
        try:
            return manager, connect(manager)
        except RuntimeError:
            manager.shutdown_kernel(now=True)
            if tried == _MOST_TRIES:
                raise
    raise AssertionError


def connect(manager: KernelManager) -> BlockingKernelClient:
    """A client of a kernel, once that answers.

    Raises:
        RuntimeError: the kernel does not answer, or has ended.
    """
    _bound(manager)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
    except BaseException:
        client.stop_channels()
        raise
    return client


def _bound(manager: KernelManager) -> None:
    """Waits for a kernel's ports: tslab never answers again what reaches it while it binds some of them.

    To connect to them could take one away: the system gives a connection any port that is free.

    Raises:
        RuntimeError: they are not there.
    """
    channels = ("shell", "iopub", "stdin", "control", "hb")
    wanted = {getattr(manager, f"{channel}_port") for channel in channels}
    until = time.monotonic() + PATIENCE / 2
    while not wanted <= _listening(manager):
        if not manager.is_alive() or time.monotonic() > until:
            raise RuntimeError("the kernel has not bound its ports")
        time.sleep(0.02)


def _listening(manager: KernelManager) -> set[int]:
    try:
        found = psutil.Process(manager.provisioner.pid).net_connections("tcp")
    except psutil.Error:
        return set()
    return {one.laddr.port for one in found if one.status == psutil.CONN_LISTEN}
