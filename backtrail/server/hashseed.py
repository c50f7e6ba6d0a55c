"""Starts kernels under a hash seed that can be recorded.

Without PYTHONHASHSEED Python takes a seed that it does not tell, and with it the order of sets is lost.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import MutableMapping
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

VARIABLE = "PYTHONHASHSEED"

_NAME = "backtrail-provisioner"
_LOCAL = "local-provisioner"


class HashSeedProvisioner(LocalProvisioner):
    """Launches kernels as Jupyter does, each start and restart with a hash seed of its own."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Gives the kernel a seed, unless the user, the server or the kernel's specification did."""
        kwargs = await super().pre_launch(**kwargs)
        spec = self.kernel_spec
        if str(getattr(spec, "language", "")).lower() == "python":
            give_seed(kwargs["env"])
        return kwargs


def give_seed(environment: MutableMapping[str, str]) -> None:
    """Puts a random seed into the environment of a process, where there is none."""
    if VARIABLE not in environment:
        environment[VARIABLE] = str(1 + secrets.randbelow((1 << 32) - 1))


def install(server: Any) -> None:
    """Has the kernels of a server get hash seeds, unless they are launched by something else than Jupyter.

    A launcher that the user has chosen, for all kernels or for one, is left alone.
    """
    factory = KernelProvisionerFactory.instance(parent=server)
    if factory.default_provisioner_name == _LOCAL and not _switched_off():
        target = f"{__name__}:{HashSeedProvisioner.__name__}"
        factory.provisioners[_NAME] = EntryPoint(_NAME, target, factory.GROUP_NAME)
        factory.default_provisioner_name = _NAME


def uninstall(server: Any) -> None:
    """Has the kernels of a server launched as Jupyter does."""
    factory = KernelProvisionerFactory.instance(parent=server)
    if factory.default_provisioner_name == _NAME:
        factory.default_provisioner_name = _LOCAL


def _switched_off() -> bool:
    return os.environ.get("BACKTRAIL", "").strip().lower() in {"off", "0", "no", "false"}
