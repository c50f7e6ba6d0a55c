"""Arrays, scalars and generators of numpy."""

from __future__ import annotations

import json
import sys
from typing import Any

from . import digests
from .containers import sequence
from .kinds import own_attributes, qualname
from .rules import Rule
from .walk import Walk

_LARGE = 1 << 18
_SAMPLES = 48
_SAMPLE = 1 << 12
_BLOCK = 1 << 20
_COPIED = 4.0
"""How much longer an array takes whose bytes are not in order."""
_EXTENDED = 63
_EXTENDED_BYTES = 10
"""The bits of the fraction of the long double of x86, and how many of its 16 bytes it is."""


def rules() -> list[Rule]:
    """The types of numpy that are known."""
    numpy = sys.modules["numpy"]
    random = sys.modules.get("numpy.random")
    return [
        Rule(numpy.ma.MaskedArray, _masked, derived=True),
        Rule(numpy.ndarray, array, below=True, derived=True),
        Rule(numpy.dtype, _dtype, below=True),
        Rule(numpy.generic, _scalar, below=True),
        Rule(numpy.ufunc, _ufunc),
        Rule(getattr(random, "Generator", None), _generator),
        Rule(getattr(random, "RandomState", None), _generator),
    ]


def array(walk: Walk, value: Any) -> bytes:
    """The digest of an array, whatever its strides and byte order; its memory is noted."""
    numpy = sys.modules["numpy"]
    walk.member(value)
    kind = qualname(type(value)).encode(errors="surrogatepass")
    # Of a class of the user's, nothing but its memory is asked.
    plain = value if type(value) is numpy.ndarray else numpy.ndarray.view(value, numpy.ndarray)
    note_memory(walk, plain)
    parts = [kind, _described(plain.dtype), repr(plain.shape).encode(), values(walk, plain)]
    more = own_attributes(value) if plain is not value and type(value) is not numpy.memmap else None
    if more:
        parts.append(walk.see({key: more[key] for key in sorted(more) if type(key) is str}))
    return digests.node(b"ndarray", parts)


def values(walk: Walk, plain: Any) -> bytes:
    """The digest of the elements alone, in the order of C; ``plain`` is an exact ndarray."""
    if plain.dtype.hasobject:
        return _objects(walk, plain)
    if walk.thin and plain.nbytes > _LARGE:
        walk.sampled = True
        return _sampled(walk, plain)
    return _exact(walk, plain)


def _exact(walk: Walk, plain: Any) -> bytes:
    """The digest of all bytes that mean something: what lies between is whatever was in the memory before."""
    numpy = sys.modules["numpy"]
    if plain.dtype.names:
        return digests.node(b"record", [_exact(walk, plain[name]) for name in plain.dtype.names])
    if not _little(plain.dtype):
        walk.afford(plain.nbytes * 2e-9)
        plain = plain.astype(plain.dtype.newbyteorder("<"))
    if plain.nbytes == 0:
        return b""
    if plain.dtype.char in "gG" and numpy.finfo(plain.dtype).nmant == _EXTENDED:
        walk.afford(plain.nbytes * _COPIED / 1.5e9)
        bytes_of_each = numpy.ascontiguousarray(plain).reshape(-1).view(numpy.uint8).reshape(-1, 16)
        plain = bytes_of_each[:, :_EXTENDED_BYTES]
    if plain.flags.c_contiguous:
        return walk.buffer(plain.reshape(-1).view(numpy.uint8))
    walk.afford(plain.nbytes * _COPIED / 1.5e9)
    if plain.nbytes <= _BLOCK:
        return walk.buffer(plain.tobytes())
    return _in_blocks(walk, plain)


def _in_blocks(walk: Walk, plain: Any) -> bytes:
    """The bytes in the order of C, without a copy of the whole."""
    rows = max(1, _BLOCK * len(plain) // plain.nbytes)
    hashed = digests.Bytes()
    for start in range(0, len(plain), rows):
        hashed.add(plain[start : start + rows].tobytes())
        walk.afford(0)
    return hashed.digest()


def _objects(walk: Walk, plain: Any) -> bytes:
    if walk.thin and plain.size > _LARGE:
        walk.sampled = True
        plain = plain.flat[:: plain.size // 512]
    walk.afford(plain.size * 1e-7)
    return sequence(walk, b"objects", plain.reshape(-1).tolist())


def _sampled(walk: Walk, plain: Any) -> bytes:
    """Some of the elements, the same whatever the array's strides."""
    count = max(1, _SAMPLE // max(1, plain.itemsize))
    step = max(1, (plain.size - count) // _SAMPLES)
    pieces = [plain.flat[at : at + count] for at in range(0, plain.size - count + 1, step)]
    return digests.node(b"sampled", [_exact(walk, piece) for piece in pieces])


def note_memory(walk: Walk, plain: Any) -> None:
    """Notes where the elements of an array lie."""
    if not plain.nbytes:
        return
    low = high = plain.__array_interface__["data"][0]
    if plain.flags.forc:
        high += plain.nbytes
    else:
        for length, stride in zip(plain.shape, plain.strides):
            low += min(0, (length - 1) * stride)
            high += max(0, (length - 1) * stride)
        high += plain.itemsize
    walk.ranges.append((low, high))


def _little(dtype: Any) -> bool:
    """Whether the bytes are in the order that digests are of."""
    order = dtype.byteorder
    return order in "|<" or (order == "=" and sys.byteorder == "little")


def _described(dtype: Any) -> bytes:
    if dtype.fields is not None:
        return repr(dtype.descr).encode()
    text: str = dtype.str
    return (text[0].replace(">", "<") + text[1:]).encode()


def _masked(walk: Walk, value: Any) -> bytes:
    numpy = sys.modules["numpy"]
    walk.member(value)
    data = numpy.ndarray.view(value, numpy.ndarray)
    note_memory(walk, data)
    mask = object.__getattribute__(value, "_mask")
    parts = [_described(data.dtype), repr(data.shape).encode(), values(walk, data), walk.see(mask)]
    return digests.node(b"masked", parts)


def _scalar(walk: Walk, value: Any) -> bytes:
    dtype = value.dtype
    if dtype.hasobject:
        return walk.unseen(value, steady=True)
    if dtype.names or dtype.char in "gG":
        data = _exact(walk, sys.modules["numpy"].asarray(value).reshape(1))
    else:
        data = value.tobytes()
    return digests.node(b"scalar", [_described(dtype), data])


def _dtype(walk: Walk, value: Any) -> bytes:
    return digests.node(b"dtype", [_described(value)])


def _ufunc(walk: Walk, value: Any) -> bytes:
    return digests.named(b"ufunc", value.__name__)


def _generator(walk: Walk, value: Any) -> bytes:
    walk.member(value)
    kind = type(value)
    state = value.get_state(legacy=False) if qualname(kind) == "RandomState" else value.bit_generator.state
    return digests.named(b"generator", qualname(kind), json.dumps(state, sort_keys=True, default=_listed))


def _listed(value: Any) -> Any:
    return value.tolist()
