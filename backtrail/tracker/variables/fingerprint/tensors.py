"""Tensors of torch, with their gradients, and its generators."""

from __future__ import annotations

import sys
from typing import Any

from . import digests
from .arrays import values
from .kinds import identity
from .rules import Rule
from .walk import OutOfTime, Walk

_MOST_NODES = 300
_COPIED = 4e-10
"""Seconds a byte, from a GPU."""


def rules() -> list[Rule]:
    """The types of torch that are known. A class derived from a tensor answers with code of its own."""
    torch = sys.modules["torch"]
    return [
        Rule(torch.Tensor, _tensor),
        Rule(torch.nn.Parameter, _tensor),
        Rule(getattr(torch.nn, "Buffer", None), _tensor),
        Rule(torch.Generator, _generator),
        Rule(torch.Size, _size),
        *(Rule(kind, _named) for kind in (torch.dtype, torch.device, torch.layout, torch.memory_format)),
    ]


def _tensor(walk: Walk, value: Any) -> bytes:
    torch = sys.modules["torch"]
    walk.member(value)
    if value.layout is not torch.strided or value.is_quantized or value.device.type == "meta":
        return walk.unseen(value)
    plain = value.detach()
    _note_memory(walk, plain)
    parts = [
        type(value).__name__.encode(),
        str(value.dtype).encode(),
        repr(tuple(value.shape)).encode(),
        value.device.type.encode(),
        b"T" if value.requires_grad else b"F",
        _content(walk, plain),
    ]
    if value.grad_fn is not None:
        _note_graph(walk, value.grad_fn)
    elif value.is_leaf and value.grad is not None:
        parts.append(walk.see(value.grad))
    return digests.node(b"tensor", parts)


def _content(walk: Walk, plain: Any) -> bytes:
    torch = sys.modules["torch"]
    if "numpy" not in sys.modules:
        return walk.unseen(plain)
    if plain.is_conj() or plain.is_neg():
        plain = plain.resolve_conj().resolve_neg()
    if plain.device.type != "cpu":
        walk.afford(plain.nbytes * _COPIED)
        if plain.device.type != "cuda" or not torch.cuda.current_stream(plain.device).query():
            # To copy it would wait for what the GPU still computes.
            raise OutOfTime
        plain = plain.cpu()
    try:
        content = plain.numpy()
    except TypeError:
        # A type that numpy lacks, such as bfloat16.
        walk.afford(plain.nbytes / 1e9)
        content = plain.contiguous().reshape(-1).view(torch.uint8).numpy()
    return values(walk, content)


def _note_memory(walk: Walk, plain: Any) -> None:
    if not plain.numel():
        return
    start = plain.data_ptr()
    # Strides are in elements, and never negative.
    last = sum((length - 1) * stride for length, stride in zip(plain.shape, plain.stride()))
    walk.ranges.append((start, start + (last + 1) * plain.element_size()))


def _note_graph(walk: Walk, first: Any) -> None:
    """The tensors that ``backward`` would give gradients: through this one they can be changed."""
    walk.beyond = True
    waiting = [first]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_NODES:
        node = waiting.pop()
        if node is None or identity(node) in seen:
            continue
        seen.add(identity(node))
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            walk.member(leaf)
        waiting += [one for one, _ in node.next_functions]


def _generator(walk: Walk, value: Any) -> bytes:
    walk.member(value)
    return digests.node(b"generator", [walk.see(value.get_state())])


def _named(walk: Walk, value: Any) -> bytes:
    return digests.named(b"torch", str(value))


def _size(walk: Walk, value: Any) -> bytes:
    return digests.named(b"size", repr(tuple(value)))
