"""Functions, by their code, defaults and closures; methods and what else can be called."""

from __future__ import annotations

import functools
import gc
import operator
import sys
import types
from types import CodeType, FrameType, FunctionType
from typing import Any

from . import digests
from .bytecode import uses
from .containers import mapping, sequence
from .kinds import module, qualname
from .walk import Walk, container, plain


def _text(value: Any) -> str:
    return value if type(value) is str else ""


@container(FunctionType)
def _function(walk: Walk, value: FunctionType) -> bytes:
    parts = [_text(value.__module__).encode(), value.__qualname__.encode(errors="surrogatepass")]
    if _own(walk, value):
        used = uses(value.__code__)
        walk.names |= used.loads
        walk.stores |= used.stores
        walk.patches |= used.patches
        parts.append(walk.see(value.__code__))
    if value.__closure__:
        parts.append(sequence(walk, b"closure", value.__closure__))
    if _own(walk, value) or value.__closure__:
        parts += [walk.see(value.__defaults__), walk.see(value.__kwdefaults__)]
        more = value.__dict__
        if more:
            parts.append(mapping(walk, b"attributes", list(more), list(more.values())))
    return digests.node(b"function", parts)


def _own(walk: Walk, value: FunctionType) -> bool:
    """Whether it is the notebook's own, whose code nothing else tells."""
    # A file that `%run` ran has no name any more.
    name = value.__globals__.get("__name__", value.__module__)
    return value.__globals__ is walk.namespace or name == "__main__"


@container(CodeType)
def _code(walk: Walk, value: CodeType) -> bytes:
    # Neither where it stands nor the lines: the same code in another cell is the same.
    numbers = (value.co_argcount, value.co_posonlyargcount, value.co_kwonlyargcount, value.co_flags)
    names = (value.co_names, value.co_varnames, value.co_freevars, value.co_cellvars)
    return digests.node(
        b"code",
        [
            walk.buffer(value.co_code),
            walk.buffer(getattr(value, "co_exceptiontable", b"")),
            repr(numbers).encode(),
            repr(names).encode(errors="surrogatepass"),
            sequence(walk, b"constants", value.co_consts),
        ],
    )


@container(types.MethodType)
def _method(walk: Walk, value: types.MethodType) -> bytes:
    return digests.node(b"method", [walk.see(value.__self__), walk.see(value.__func__)])


@container(types.BuiltinFunctionType)
def _builtin(walk: Walk, value: types.BuiltinFunctionType) -> bytes:
    owner = value.__self__
    parts = [value.__name__.encode(), _text(value.__module__).encode()]
    if owner is not None and type(owner) is not types.ModuleType:
        parts.append(walk.see(owner))
    return digests.node(b"builtin", parts)


@plain(
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.GetSetDescriptorType,
    types.MemberDescriptorType,
)
def _descriptor(walk: Walk, value: Any) -> bytes:
    owner = value.__objclass__
    return digests.named(b"descriptor", module(owner), qualname(owner), value.__name__)


@container(types.MethodWrapperType)
def _wrapper(walk: Walk, value: types.MethodWrapperType) -> bytes:
    return digests.node(b"wrapper", [value.__name__.encode(), walk.see(value.__self__)])


@container(functools.partial)
def _partial(walk: Walk, value: functools.partial[Any]) -> bytes:
    parts = [walk.see(value.func), walk.see(value.args), walk.see(value.keywords)]
    return digests.node(b"partial", parts)


@container(staticmethod, classmethod)
def _bound(walk: Walk, value: Any) -> bytes:
    return digests.node(type(value).__name__.encode(), [walk.see(value.__func__)])


@container(property)
def _property(walk: Walk, value: property) -> bytes:
    return digests.node(b"property", [walk.see(one) for one in (value.fget, value.fset, value.fdel)])


@container(type(functools.lru_cache(len)))
def _cached(walk: Walk, value: Any) -> bytes:
    # What it remembers only saves time.
    return digests.node(b"cached", [walk.see(value.__dict__.get("__wrapped__"))])


@container(operator.itemgetter, operator.attrgetter, operator.methodcaller)
def _getter(walk: Walk, value: Any) -> bytes:
    return digests.node(b"getter", [type(value).__name__.encode(), walk.see(value.__reduce__()[1])])


@container(types.GenericAlias)
def _alias(walk: Walk, value: Any) -> bytes:
    return digests.node(b"alias", [walk.see(value.__origin__), walk.see(value.__args__)])


@container(types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
def _generator(walk: Walk, value: Any) -> bytes:
    """How far it has come cannot be told, but what it uses is."""
    prefix = {types.GeneratorType: "gi", types.CoroutineType: "cr"}.get(type(value), "ag")
    frame, code = getattr(value, f"{prefix}_frame"), getattr(value, f"{prefix}_code")
    if frame is not None and frame.f_globals is walk.namespace:
        used = uses(code)
        walk.names |= used.loads
        walk.stores |= used.stores
        walk.patches |= used.patches
    if sys.version_info < (3, 11) and frame is not None:
        # From 3.11 on a generator itself refers to its local values.
        for part in gc.get_referents(frame):
            if part is not frame.f_globals and part is not frame.f_builtins and type(part) is not FrameType:
                walk.see(part)
    return walk.unseen(value)
