"""PyTorch, safetensors and HDF5: files with arrays in them, of which Python is not told."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..adapter import Mismatch, need
from .reader import Reader


class Torch(Reader):
    """Records what ``torch.save`` and ``torch.load`` use."""

    origin = "torch"
    library = "torch"

    def attend(self, name: str, module: ModuleType) -> None:
        """``torch.serialization`` has been imported."""
        if not (self.writes(module, "save", "f") and self.opens(module, "load", "f")):
            raise Mismatch("save or load is missing")


class TorchScript(Reader):
    """Records what ``torch.jit.save`` and ``torch.jit.load`` use."""

    origin = "torch"
    library = "torch"

    def attend(self, name: str, module: ModuleType) -> None:
        """``torch.jit._serialization`` has been imported."""
        self.writes(module, "save", "f")
        self.opens(module, "load", "f")


class Safetensors(Reader):
    """Records the files of safetensors."""

    origin = "safetensors"
    library = "safetensors"

    def attend(self, name: str, module: ModuleType) -> None:
        """One of ``safetensors.torch``, ``.numpy``, … has been imported."""
        if not self.writes(module, "save_file", "filename"):
            raise Mismatch("save_file is missing")
        self.opens(module, "load_file", "filename")
        self.writes(module, "save_model", "filename")
        self.opens(module, "load_model", "filename")


class HDF5(Reader):
    """Records the files that ``h5py.File`` opens."""

    origin = "h5py"
    library = "h5py"

    def attend(self, name: str, module: ModuleType) -> None:
        """``h5py._hl.files`` has been imported."""
        self.hear(need(module, "File.__init__"), called=self._opening)

    def _opening(self, given: Mapping[str, Any]) -> None:
        mode = given.get("mode")
        files = self.recorder.files
        if mode in ("a", "r+") and files is not None:
            for path in self.file(given.get("name")):
                files.may_be_written(path, self.origin)
        else:
            self.file(given.get("name"), writes=mode in ("w", "w-", "x"))
