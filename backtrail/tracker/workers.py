"""One record a job: of the processes that work on it together only the first one records."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from . import current

if TYPE_CHECKING:
    from .launched import Launched

# Where launchers and clusters number the processes of a job; the first has 0.
_RANKS = (
    "RANK",
    "LOCAL_RANK",
    "SLURM_PROCID",
    "OMPI_COMM_WORLD_RANK",
    "PMIX_RANK",
    "PMI_RANK",
    "MV2_COMM_WORLD_RANK",
    "JAX_PROCESS_ID",
)

FORKED = "This process was forked from the one that records, so what it logs is not kept."
_SPAWNED = "This process works for another one, which records, so what it logs is not kept."


def first() -> Launched | None:
    """In a forked child that is the first process of a job: what it logs metrics through. Else None."""
    inherited = current.inherited()
    launched = inherited.launched if inherited is not None else None
    return launched if launched is not None and launched.open() else None


def excuse() -> str | None:
    """Why this process does not record by itself, in a sentence; None when it may."""
    for name in _RANKS:
        value = os.environ.get(name, "").strip()
        if value.isdigit() and int(value) > 0:
            return f"Only the first process of a job records: with {name}={value} nothing is kept."
    # Not imported for this: a worker has it.
    process = sys.modules.get("multiprocessing.process")
    parent = getattr(process, "parent_process", None)
    return _SPAWNED if parent is not None and parent() is not None else None
