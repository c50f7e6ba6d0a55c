"""Weights & Biases in offline mode."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import wandb
from wandb.proto import wandb_internal_pb2

_run = None


def start(folder: Path) -> None:
    global _run
    os.environ["WANDB_SILENT"] = "true"
    settings = wandb.Settings(x_disable_stats=True, x_disable_meta=True, console="off")
    _run = wandb.init(project="bench", mode="offline", dir=str(folder), settings=settings)


def log(step: int, value: float) -> None:
    _run.log({"loss": value}, step=step)


def kept(folder: Path) -> int:
    points = 0
    for path in folder.glob("wandb/offline-run-*/*.wandb"):
        for data in _records(path.read_bytes()):
            record = wandb_internal_pb2.Record.FromString(data)
            points += record.WhichOneof("record_type") == "history"
    return points


def _records(data: bytes) -> Iterator[bytes]:
    """The whole records of a .wandb file: LevelDB's log format, blocks of 32 KiB, after 7 bytes."""
    at, parts = 7, b""
    while at + 7 <= len(data):
        room = 32768 - at % 32768
        if room < 7:
            at += room
            continue
        _, size, kind = struct.unpack_from("<IHB", data, at)
        if kind == 0 or at + 7 + size > len(data):
            return
        parts += data[at + 7 : at + 7 + size]
        at += 7 + size
        if kind in (1, 4):  # a full record, or the last part of one
            yield parts
            parts = b""
