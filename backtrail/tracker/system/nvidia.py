"""NVIDIA's graphics cards, asked of the driver's own library: no program is started, nothing is imported.

To ask it neither uses a card nor keeps a process from forking afterwards, as CUDA would.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any, NamedTuple, Optional

_MOST = 16
_NAMES = ("nvml.dll",) if os.name == "nt" else ("libnvidia-ml.so.1", "libnvidia-ml.so")
_GPU_SAMPLES = 1
_UNSIGNED = 1


class Card(NamedTuple):
    """A card: ``memory`` in bytes, ``driver`` its version."""

    name: str
    driver: Optional[str]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    memory: Optional[int]  # noqa: UP045


class Load(NamedTuple):
    """What a card does at this moment: ``use`` in percent of its time, ``memory`` in bytes."""

    use: Optional[int]  # noqa: UP045
    memory: Optional[int]  # noqa: UP045


class _Memory(ctypes.Structure):
    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


class _Utilization(ctypes.Structure):
    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class _Sample(ctypes.Structure):
    _fields_ = (("time", ctypes.c_ulonglong), ("value", ctypes.c_ulonglong))


class Driver:
    """The driver's library, begun; ``library`` is it, loaded, where it is not to be found by its name.

    Raises:
        OSError: there is none, or it does not work.
    """

    def __init__(self, library: Any = None) -> None:
        self._library = library or _load()
        self._call("nvmlInit_v2")
        self._devices = self._find()

    def cuda(self) -> str | None:
        """The highest version of CUDA that the driver supports, such as ``12.4``."""
        number = ctypes.c_int()
        if not self._asked("nvmlSystemGetCudaDriverVersion_v2", ctypes.byref(number)):
            return None
        return f"{number.value // 1000}.{number.value % 1000 // 10}"

    def cards(self) -> list[Card]:
        """The cards, in the driver's order."""
        driver = self._text("nvmlSystemGetDriverVersion")
        return [
            Card(
                self._text("nvmlDeviceGetName", device) or "NVIDIA",
                driver,
                self._memory(device, "total"),
            )
            for device in self._devices
        ]

    def loads(self) -> list[Load]:
        """What each card does."""
        found = []
        for device in self._devices:
            use = _Utilization()
            known = self._asked("nvmlDeviceGetUtilizationRates", device, ctypes.byref(use))
            found.append(Load(int(use.gpu) if known else None, self._memory(device, "used")))
        return found

    def busy(self, since: int) -> float | None:
        """The mean share of time, 0 to 1 for each card and summed, that the cards were busy since ``since``.

        ``since`` is in microseconds since 1970. Of longer than some twenty seconds the driver remembers only
        the end. None: it has no samples of that time.
        """
        means = []
        for device in self._devices:
            kind, count = ctypes.c_int(), ctypes.c_uint()
            start = ctypes.c_ulonglong(since)
            head = ("nvmlDeviceGetSamples", device, _GPU_SAMPLES, start, ctypes.byref(kind))
            if not self._asked(*head, ctypes.byref(count), None) or not count.value:
                continue
            samples = (_Sample * count.value)()
            if self._asked(*head, ctypes.byref(count), samples) and kind.value == _UNSIGNED:
                values = [
                    sample.value & 0xFFFFFFFF for sample in samples[: count.value] if sample.time > since
                ]
                if values:
                    means.append(sum(values) / len(values) / 100)
        return sum(means) if means else None

    def _find(self) -> list[Any]:
        count = ctypes.c_uint()
        self._call("nvmlDeviceGetCount_v2", ctypes.byref(count))
        devices = []
        for index in range(min(count.value, _MOST)):
            device = ctypes.c_void_p()
            if self._asked("nvmlDeviceGetHandleByIndex_v2", index, ctypes.byref(device)):
                devices.append(device)
        return devices

    def _memory(self, device: Any, field: str) -> int | None:
        memory = _Memory()
        known = self._asked("nvmlDeviceGetMemoryInfo", device, ctypes.byref(memory))
        return int(getattr(memory, field)) if known else None

    def _text(self, name: str, *arguments: Any) -> str | None:
        text = ctypes.create_string_buffer(96)
        known = self._asked(name, *arguments, text, ctypes.c_uint(len(text)))
        return text.value.decode(errors="replace") if known else None

    def _asked(self, name: str, *arguments: Any) -> bool:
        try:
            self._call(name, *arguments)
        except OSError:
            return False
        return True

    def _call(self, name: str, *arguments: Any) -> None:
        try:
            function = getattr(self._library, name)
        except AttributeError as error:
            raise OSError(f"the driver has no {name}") from error
        status = function(*arguments)
        if status:
            raise OSError(f"{name}: {status}")


def _load() -> ctypes.CDLL:
    for name in _NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise OSError("there is no driver of NVIDIA")
