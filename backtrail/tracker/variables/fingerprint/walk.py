"""One look at one value: through its parts, as far as the time allows."""

from __future__ import annotations

from array import array
from hashlib import sha256
from typing import Any, Callable

from . import digests
from .clock import clock
from .kinds import identity, library, mro

Handler = Callable[["Walk", Any], bytes]

DEEPEST = 120
_EVERY = 64
_PIECE = 1 << 20
_BYTES_A_SECOND = 1.5e9
"""Of sha256; a machine that is slower is noticed after the first piece."""
_A_PART = 2e-6
"""Seconds to see what a part with parts of its own is, without these."""
_MOST_PARTS = 20_000
"""Of a value that is sampled only."""
_MOST_MEMBERS = 20_000


class OutOfTime(Exception):
    """The value is too large for the time there is, or nests too deeply."""


class Walk:
    """Digests and what they cover.

    ``until`` is the moment (of `clock`) to give up, ``thin`` whether large parts are only sampled,
    ``namespace`` the notebook's, by which functions of its own are known.
    """

    def __init__(
        self,
        until: float,
        thin: bool,
        namespace: dict[str, Any] | None = None,
        secret: Callable[[str, Any], bool] | None = None,
    ) -> None:
        self.until = until
        self.thin = thin
        self.namespace = namespace
        self.is_secret = secret
        self.sampled = False
        self.weight = 0.0
        """Seconds that this takes on a machine with nothing else to do, told from what there is to see."""
        self.opaque = False
        self.unsteady = False
        """Whether it holds something opaque that using it may change."""
        self.beyond = False
        """Whether objects can be changed through it that are no part of its value."""
        self.secret = False
        """Whether something in it has the name of a secret."""
        self.members: set[int] = set()
        """The identities of the mutable objects it is made of."""
        self.ranges: list[tuple[int, int]] = []
        """The memory its arrays lie in, from and to."""
        self.names: set[str] = set()
        """The names of the notebook that its functions use."""
        self.stores: set[str] = set()
        """The names of the notebook that its functions bind."""
        self.patches: set[str] = set()
        """What its functions set attributes of, as `bytecode` has it."""
        self.kinds: set[int] = set()
        """The identities of the notebook's classes that objects in it are of."""
        self._path: dict[int, int] = {}
        self._memo: dict[int, tuple[bytes, Any]] = {}
        self._lowest = DEEPEST
        self._parts = 0

    def see(self, value: Any) -> bytes:
        """The digest of a value.

        Raises:
            OutOfTime: there is no time left.
        """
        kind = type(value)
        handler = PLAIN.get(identity(kind))
        if handler is not None:
            return handler(self, value)
        self._count()
        key = identity(value)
        known = self._memo.get(key)
        if known is not None:
            return known[0]
        depth = len(self._path)
        back = self._path.get(key)
        if back is not None:
            # A cycle: told by how far up it leads, which is the same in every process.
            self._lowest = min(self._lowest, back)
            return b"^%d" % (depth - back)
        if depth >= DEEPEST:
            raise OutOfTime
        outer, self._lowest = self._lowest, DEEPEST
        self._path[key] = depth
        try:
            found = _handler(kind)(self, value)
        finally:
            del self._path[key]
        if self._lowest >= depth:
            # With its value, so that the identity stays its own.
            self._memo[key] = found, value
        self._lowest = min(outer, self._lowest)
        return found

    def member(self, value: Any) -> None:
        """Notes a mutable object that the value is made of."""
        if len(self.members) < _MOST_MEMBERS:
            self.members.add(identity(value))

    def afford(self, seconds: float) -> None:
        """Gives up at once when something that takes that long does not fit."""
        if clock() + seconds > self.until:
            raise OutOfTime
        self.weight += seconds

    def buffer(self, data: Any) -> bytes:
        """The digest of a buffer, in pieces between which the time is watched."""
        view = memoryview(data)
        size = view.nbytes
        self.afford(size / _BYTES_A_SECOND)
        if size <= _PIECE:
            return sha256(view).digest()[: digests.SIZE]
        hashed = sha256()
        flat = view if view.format == "B" else view.cast("B")
        for start in range(0, size, _PIECE):
            hashed.update(flat[start : start + _PIECE])
            if clock() > self.until:
                raise OutOfTime
        return hashed.digest()[: digests.SIZE]

    def unseen(self, value: Any, steady: bool = False) -> bytes:
        """Something that cannot be told. ``steady``: using it changes nothing that matters."""
        self.opaque = True
        kind = type(value)
        if not steady:
            self.unsteady = True
            self.member(value)
        # Here and not above: it needs this module.
        from . import opaque  # noqa: PLC0415

        for part in opaque.parts(value, self.namespace):
            self.see(part)
        return digests.named(b"opaque", library(kind), _QUALNAME(kind))

    def _count(self) -> None:
        self._parts += 1
        self.weight += _A_PART
        if self._parts % _EVERY == 0:
            if clock() > self.until:
                raise OutOfTime
            if self.thin and self._parts > _MOST_PARTS:
                raise OutOfTime


_QUALNAME = type.__dict__["__qualname__"].__get__

PLAIN: dict[int, Handler] = {}
"""For the exact types of Python that have no parts, by the type's identity: a type may not be hashed."""
CONTAINERS: dict[int, Handler] = {}
"""For the exact types of Python itself that have parts."""
_LIBRARY: dict[int, tuple[type, Handler]] = {}
"""For types of libraries that were met, which are held, so that their identities stay their own."""


def plain(*kinds: type) -> Callable[[Handler], Handler]:
    """Registers the handler of types without parts."""

    def register(handler: Handler) -> Handler:
        PLAIN.update((identity(kind), handler) for kind in kinds)
        return handler

    return register


def container(*kinds: type) -> Callable[[Handler], Handler]:
    """Registers the handler of types with parts."""

    def register(handler: Handler) -> Handler:
        CONTAINERS.update((identity(kind), handler) for kind in kinds)
        return handler

    return register


def _handler(kind: type) -> Handler:
    handler = CONTAINERS.get(identity(kind))
    if handler is not None:
        return handler
    known = _LIBRARY.get(identity(kind))
    if known is not None:
        return known[1]
    # Here and not above: they need this module.
    from . import families, instances  # noqa: PLC0415

    found = families.find(kind, mro(kind))
    if found is None:
        return instances.instance
    handler, lasting = found
    if lasting:
        _LIBRARY[identity(kind)] = kind, handler
    return handler


def packed(code: str, values: Any) -> bytes:
    """Numbers as their bytes, little-endian whatever the machine.

    Raises:
        OverflowError: one of them does not fit.
    """
    numbers = array(code, values)
    if _BIG:
        numbers.byteswap()
    return numbers.tobytes()


_BIG = array("H", [1]).tobytes() == b"\0\1"
