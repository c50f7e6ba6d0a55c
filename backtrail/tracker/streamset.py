"""The streams of the libraries that are loaded, read together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from . import streams

LIBRARIES = {"numpy": "numpy.random", "torch": "torch"}
"""The module of each library that, once executed, has a stream."""


class StreamSet:
    """Reads every stream there is. A library that is not loaded is not imported.

    ``found`` is told the module of a library when its stream is read from now on, ``say`` why one cannot be.
    """

    def __init__(self, found: Callable[[str, Any], None], say: Callable[[str], None]) -> None:
        self._found = found
        self._say = say
        self._readers: dict[str, streams.Read] = {"python": streams.PythonStream()}
        self._given_up: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return name in self._readers

    def read(self) -> dict[str, bytes]:
        """The states by the names of the streams. Never raises."""
        for library, name in LIBRARIES.items():
            if library not in self._readers and library not in self._given_up:
                module = sys.modules.get(name)
                if module is not None:
                    self.add(library, module)
        states: dict[str, bytes] = {}
        for name, reader in {**self._readers, **self._gpus()}.items():
            try:
                states[name] = reader()
            except Exception as error:
                self._give_up(name, error)
        return states

    def add(self, library: str, module: Any, anew: bool = False) -> bytes | None:
        """Begins to read a stream, and reads it; None while its library is imported only in part."""
        if anew:
            self._given_up.discard(library)
        try:
            reader: streams.Read = (
                streams.NumpyStream(module) if library == "numpy" else streams.torch_stream(module)
            )
            state = reader()
        except Exception as error:
            if not getattr(getattr(module, "__spec__", None), "_initializing", False):
                self._give_up(library, error)
            return None
        self._readers[library] = reader
        self._found(library, module)
        return state

    def _gpus(self) -> Mapping[str, streams.Read]:
        if "torch" not in self._readers or "torch.cuda" in self._given_up:
            return {}
        try:
            found: Mapping[str, streams.Read] = streams.cuda_streams(sys.modules["torch"])
            return found
        except Exception as error:
            self._give_up("torch.cuda", error)
            return {}

    def _give_up(self, name: str, error: Exception) -> None:
        self._readers.pop(name, None)
        self._given_up.add(name.partition(":")[0])
        self._say(
            f"The random numbers of {name} cannot be watched ({type(error).__name__}), "
            "so cells that draw some without a seed may not repeat."
        )
