"""Starts kernels where many are started, and where that is slow."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

# Ends a test that waits for what never comes. It is no measure: a busy machine may take a while for anything.
PATIENCE = 120
_MOST_TRIES = 3


def start(
    make: Callable[[], KernelManager], folder: str, environment: dict[str, str]
) -> tuple[KernelManager, BlockingKernelClient]:
    """A kernel that answers, and a client of it.

    A kernel ends at once when another process took one of its ports after they were chosen; it is started
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
            if manager.is_alive() or tried == _MOST_TRIES:
                manager.shutdown_kernel(now=True)
                raise
            manager.cleanup_resources()
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
    """Waits for a kernel's ports: tslab never answers again what reaches it while it binds some of them."""
    until = time.monotonic() + PATIENCE
    for channel in ("shell", "iopub", "stdin", "control", "hb"):
        while manager.is_alive() and time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex((manager.ip, getattr(manager, f"{channel}_port"))) == 0:
                    break
            time.sleep(0.02)
