"""Kernels that the server starts, and the hash seeds that they begin with."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory

from backtrail.server import hashseed

ORDER = "list({str(number) for number in range(40)})"


@pytest.fixture(autouse=True)
def without_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    monkeypatch.delenv("BACKTRAIL", raising=False)


async def start(app: Any, **variables: str) -> str:
    """Starts a kernel as a session does, with an environment or without; its id."""
    environment = {"env": {**os.environ, **variables}} if variables else {}
    kernel: str = await app.kernel_manager.start_kernel(kernel_name="python3", **environment)
    return kernel


async def told(app, kernel: str, expression: str) -> str:
    """What an expression is in a kernel."""
    client = app.kernel_manager.get_kernel(kernel).client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=240)
        reply = await client.execute_interactive(
            "import os", silent=True, user_expressions={"found": expression}, timeout=240
        )
        return reply["content"]["user_expressions"]["found"]["data"]["text/plain"]
    finally:
        client.stop_channels()


SEED = "__import__('os').environ.get('PYTHONHASHSEED')"


async def test_every_start_and_restart_has_another_seed_that_orders_sets(jp_serverapp) -> None:
    kernel = await start(jp_serverapp)
    seed = (await told(jp_serverapp, kernel, SEED)).strip("'")
    assert 1 <= int(seed) < 1 << 32
    again = subprocess.run(
        [sys.executable, "-c", f"print({ORDER})"],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    )
    order = await told(jp_serverapp, kernel, f"repr({ORDER})")
    assert order.strip('"') == again.stdout.strip()
    await jp_serverapp.kernel_manager.restart_kernel(kernel)
    assert (await told(jp_serverapp, kernel, SEED)).strip("'") not in {seed, "None"}
    await jp_serverapp.kernel_manager.shutdown_all(now=True)


@pytest.mark.parametrize("given", ["7", "0", "random"])
async def test_a_seed_that_the_user_set_is_left_alone(jp_serverapp, given: str) -> None:
    kernel = await start(jp_serverapp, PYTHONHASHSEED=given)
    assert await told(jp_serverapp, kernel, SEED) == repr(given)
    await jp_serverapp.kernel_manager.shutdown_all(now=True)


async def test_kernels_are_launched_as_always_when_the_switch_is_off(
    jp_configurable_serverapp, jp_server_config
) -> None:
    app = jp_configurable_serverapp(config={**jp_server_config, "Backtrail": {"hash_seed": False}})
    kernel = await start(app)
    assert await told(app, kernel, SEED) == "None"
    await app.kernel_manager.shutdown_all(now=True)


def test_a_launcher_that_the_user_chose_stays(jp_serverapp) -> None:
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    try:
        factory.default_provisioner_name = "cluster"
        hashseed.install(jp_serverapp)
        hashseed.uninstall(jp_serverapp)
        assert factory.default_provisioner_name == "cluster"
    finally:
        factory.default_provisioner_name = before


def test_seeds_are_those_that_python_takes() -> None:
    seeds = set()
    for _ in range(200):
        environment: dict[str, str] = {}
        hashseed.give_seed(environment)
        seeds.add(int(environment["PYTHONHASHSEED"]))
    assert len(seeds) > 190
    assert min(seeds) >= 1
    assert max(seeds) < 1 << 32
