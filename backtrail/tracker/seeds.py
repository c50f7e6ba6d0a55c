"""Seeding every random number generator that is loaded, and saying so in the log."""

from __future__ import annotations

import random
import sys

from .notices import say_once
from .reach import reach


def set_seed(seed: int) -> None:
    """Seeds Python's, numpy's, torch's and TensorFlow's generators, those of them that are loaded.

    A library that is imported later is not seeded. Never raises.
    """
    done = []
    for library, sow in (
        ("python", _python),
        ("numpy", _numpy),
        ("torch", _torch),
        ("tensorflow", _tensorflow),
    ):
        try:
            value = sow(seed)
        except Exception as error:
            say_once(f"The seed of {library} could not be set: {type(error).__name__}: {error}.")
            continue
        if value is not None:
            done.append((library, value))
    try:
        recorder = reach()
        if recorder is not None:
            for library, value in done:
                recorder.seed(library, value, recorder.current_cell())
    except Exception as error:
        say_once(f"The seed could not be recorded: {type(error).__name__}: {error}.")


def _python(seed: int) -> int:
    random.seed(seed)
    return seed


def _numpy(seed: int) -> int | None:
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    # Its legacy generator takes 32 bits.
    value = seed % (1 << 32)
    numpy.random.seed(value)
    return value


def _torch(seed: int) -> int | None:
    torch = sys.modules.get("torch")
    if torch is None:
        return None
    torch.manual_seed(seed)
    return seed


def _tensorflow(seed: int) -> int | None:
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        return None
    tensorflow.random.set_seed(seed)
    return seed
