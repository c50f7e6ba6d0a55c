"""Values of Python itself that have no parts."""

from __future__ import annotations

import datetime
import re
import struct
import types
import weakref
from math import isnan
from pathlib import PosixPath, PurePosixPath, PureWindowsPath, WindowsPath
from typing import Any

from . import digests
from .walk import Walk, plain

_DOUBLE = struct.Struct("<d")
_NAN = _DOUBLE.pack(float("nan"))
_LONG = 1 << 12
_LONG_THIN = 1 << 18
_SAMPLE = 1 << 12
_SAMPLES = 32


def double(value: float) -> bytes:
    """Eight bytes: all NaN are one, and -0.0 is not 0.0, by which one can divide to another infinity."""
    return _NAN if isnan(value) else _DOUBLE.pack(value)


@plain(type(None), type(...), type(NotImplemented))
def _constant(walk: Walk, value: Any) -> bytes:
    return b"N" if value is None else b"." if value is ... else b"!"


@plain(bool)
def _bool(walk: Walk, value: bool) -> bytes:
    return b"T" if value else b"F"


@plain(int)
def _int(walk: Walk, value: int) -> bytes:
    # Decimal digits of a large one take squared time, and are refused by newer Pythons.
    return b"i%x" % value


@plain(float)
def _float(walk: Walk, value: float) -> bytes:
    return b"f" + double(value)


@plain(complex)
def _complex(walk: Walk, value: complex) -> bytes:
    return b"c" + double(value.real) + double(value.imag)


@plain(str)
def _str(walk: Walk, value: str) -> bytes:
    size = len(value)
    if size <= _LONG:
        return b"s" + value.encode(errors="surrogatepass")
    if walk.thin and size > _LONG_THIN:
        walk.sampled = True
        pieces = [value[at : at + _SAMPLE] for at in _places(size)]
        return digests.node(b"s%d" % size, [piece.encode(errors="surrogatepass") for piece in pieces])
    walk.afford(size * 1e-9)
    return digests.node(b"str", [walk.buffer(value.encode(errors="surrogatepass"))])


@plain(bytes)
def _bytes(walk: Walk, value: bytes) -> bytes:
    return b"b" + value if len(value) <= _LONG else digests.node(b"bytes", _pieces(walk, value))


def _pieces(walk: Walk, value: Any) -> list[bytes]:
    size = len(value)
    if walk.thin and size > _LONG_THIN:
        walk.sampled = True
        return [b"%d" % size, *(bytes(value[at : at + _SAMPLE]) for at in _places(size))]
    return [walk.buffer(value)]


def _places(size: int) -> range:
    return range(0, size - _SAMPLE, (size - _SAMPLE) // _SAMPLES)


@plain(bytearray)
def _bytearray(walk: Walk, value: bytearray) -> bytes:
    walk.member(value)
    return digests.node(b"bytearray", _pieces(walk, value))


@plain(range, slice)
def _range(walk: Walk, value: Any) -> bytes:
    parts = (value.start, value.stop, value.step)
    return digests.node(b"range" if type(value) is range else b"slice", [walk.see(part) for part in parts])


@plain(
    datetime.date,
    datetime.datetime,
    datetime.time,
    datetime.timedelta,
    datetime.timezone,
    PosixPath,
    WindowsPath,
    PurePosixPath,
    PureWindowsPath,
)
def _by_text(walk: Walk, value: Any) -> bytes:
    kind = type(value)
    zone = None
    if kind is datetime.datetime or kind is datetime.time:
        zone = value.tzinfo
        value = value.replace(tzinfo=None)
        return digests.node(
            b"time", [kind.__name__.encode(), str(value).encode(), b"%d" % value.fold, walk.see(zone)]
        )
    return digests.named(b"text", kind.__name__, str(value))


@plain(re.Pattern)
def _pattern(walk: Walk, value: re.Pattern[Any]) -> bytes:
    return digests.node(b"pattern", [walk.see(value.pattern), b"%d" % value.flags])


@plain(types.ModuleType)
def _module(walk: Walk, value: types.ModuleType) -> bytes:
    own = object.__getattribute__(value, "__dict__")
    texts = [own.get(name) for name in ("__name__", "__version__")]
    return digests.named(b"module", *(text if type(text) is str else "" for text in texts))


@plain(weakref.ref, weakref.ProxyType, weakref.CallableProxyType)
def _reference(walk: Walk, value: Any) -> bytes:
    # Whatever it refers to is held, and told, elsewhere.
    return b"w"
