"""The streams of random numbers that a process shares: their states, read without drawing from them.

A state is bytes in a form of its own (docs/run-log.md, "Random states"), the same in every process.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import random
import struct
import sys
from binascii import b2a_base64
from collections.abc import Callable
from functools import lru_cache
from typing import Any

Read = Callable[[], bytes]

_WORDS = struct.Struct("<625I")
_GAUSS = struct.Struct("<d")
_TAIL = struct.Struct("<IId")

# What the user puts in its place later is not asked.
_getstate = random.getstate


def text_of(state: bytes) -> bytes:
    """The state as a blob holds it: base64 in one line."""
    return b2a_base64(state, newline=False)


# What an execution leaves is what the next one finds.
@lru_cache(maxsize=32)
def digest(state: bytes) -> str:
    """The name of that blob."""
    return hashlib.sha256(text_of(state)).hexdigest()


class PythonStream:
    """Reads Python's: 624 words and the position, 32 bits each, then the cached second Gauss if there is one.

    To ask Python makes 625 numbers; so it is asked only when the words in its memory have changed. Where they
    do not lie as expected, that is always.
    """

    def __init__(self) -> None:
        self._source = getattr(_getstate, "__self__", None)
        self._address = id(self._source) + object.__basicsize__
        self._words: bytes | None = None
        self._gauss: Any = None
        self._state = b""

    def __call__(self) -> bytes:
        words = self._look()
        gauss = getattr(self._source, "gauss_next", None)
        if words is not None and words == self._words and gauss is self._gauss:
            return self._state
        self._state = _python(_getstate())
        # The position comes first in memory, and last in the state.
        expected = self._state[2496:2500] + self._state[:2496]
        self._words = words if words == expected and sys.byteorder == "little" else None
        self._gauss = gauss
        return self._state

    def _look(self) -> bytes | None:
        if type(self._source) is not random.Random or sys.implementation.name != "cpython":
            return None
        return ctypes.string_at(self._address, 2500)


def python_seeded(seed: Any) -> bytes:
    """What Python's is right after ``random.seed(seed)``."""
    return _python(random.Random(seed).getstate())


class NumpyStream:
    """Reads numpy's legacy stream; ``module`` is ``numpy.random``.

    To ask numpy takes fifty times as long as to look at the words in its memory (at the address that it tells
    for this), so it is asked only when these have changed.

    Raises:
        AttributeError: the module is not loaded in full, or not as it used to be.
    """

    def __init__(self, module: Any) -> None:
        self._get_state = module.get_state
        self._legacy = module.mtrand._rand
        self._bits: Any = None
        self._address: int | None = None
        self._words = b""
        self._state = b""

    def __call__(self) -> bytes:
        words = self._look()
        # A cached Gauss is used up without a change of the words.
        if words is not None and words == self._words and not self._state[2500]:
            return self._state
        self._state = numpy_state(self._get_state(legacy=False))
        # Only where the memory is what it is taken for.
        self._words = words if words is not None and self._state[:2500] == words else b""
        return self._state

    def _look(self) -> bytes | None:
        bits = getattr(self._legacy, "_bit_generator", None)
        if bits is not self._bits:
            self._bits, self._words = bits, b""
            known = type(bits).__name__ == "MT19937" and sys.byteorder == "little"
            address = bits.ctypes.state_address if bits is not None and known else None
            self._address = address if isinstance(address, int) else None
        return ctypes.string_at(self._address, 2500) if self._address is not None else None


def numpy_seeded(module: Any, seed: Any) -> bytes:
    """What numpy's is right after ``numpy.random.seed(seed)``."""
    return numpy_state(module.RandomState(seed).get_state(legacy=False))


def numpy_state(state: dict[str, Any]) -> bytes:
    """624 words, position and whether a second Gauss is cached, 32 bits each, and that Gauss; or JSON."""
    if state["bit_generator"] == "MT19937":
        inner = state["state"]
        words: bytes = inner["key"].astype("<u4", copy=False).tobytes()
        return words + _TAIL.pack(int(inner["pos"]), int(state.get("has_gauss", 0)), state.get("gauss", 0.0))
    return json.dumps(state, sort_keys=True, default=_plain).encode()


def torch_stream(module: Any) -> Read:
    """Reads the stream of torch on the CPU.

    Raises:
        AttributeError: the module is not loaded in full, or not as it used to be.
    """
    get_state = module.get_rng_state
    return lambda: _bytes(get_state())


def torch_seeded(module: Any, seed: int) -> bytes:
    """What torch's is right after ``torch.manual_seed(seed)``."""
    return _bytes(module.Generator().manual_seed(seed).get_state())


def cuda_streams(torch: Any) -> dict[str, Read]:
    """Readers for the streams of torch on the GPUs; none before torch uses them, for that would start it."""
    cuda = sys.modules.get("torch.cuda")
    if cuda is None or not cuda.is_initialized():
        return {}
    return {
        f"torch.cuda:{index}": lambda index=index: _bytes(cuda.get_rng_state(index))  # type: ignore[misc]
        for index in range(len(torch.cuda.default_generators))
    }


def cuda_first(state: bytes) -> bytes:
    """What the stream of a GPU began with: the same seed, nothing drawn. 64 bits each."""
    return state[:8] + bytes(len(state) - 8)


def _python(state: tuple[Any, ...]) -> bytes:
    _, words, gauss = state
    return _WORDS.pack(*words) + (b"" if gauss is None else _GAUSS.pack(gauss))


def _bytes(tensor: Any) -> bytes:
    # Without numpy, which torch need not have.
    return ctypes.string_at(tensor.data_ptr(), tensor.numel())


def _plain(value: Any) -> Any:
    return value.tolist()
