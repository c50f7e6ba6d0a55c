"""A value as it is at one moment: its fingerprint, and what it shares with others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Optional

from . import containers, digests, functions, scalars

# Their handlers are registered when they are imported.
from .clock import clock
from .walk import OutOfTime, Walk

_HANDLERS = (containers, functions, scalars)

_THIN = 0.002
"""Seconds for a value that there is no time to see in full."""


class Look(NamedTuple):
    """What one look at a value told."""

    fingerprint: Optional[str]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    """In hex; None where there was no time."""
    seen: str
    """exact, sampled, skipped or opaque: what the fingerprint stands for."""
    secret: bool
    """Whether something in it has the name of a secret."""
    unsteady: bool
    """Whether it holds what using it changes unseen, like an iterator."""
    beyond: bool
    """Whether objects among ``members`` can be changed through it that are no part of its value."""
    partial: bool
    """Whether there was no time to meet all it is made of."""
    members: frozenset[int]
    """The identities of the mutable objects it is made of, itself among them."""
    ranges: tuple[tuple[int, int], ...]
    """The memory that its arrays lie in: from and to."""
    loads: frozenset[str]
    """The names of the namespace, or of builtins, that functions in it use."""
    stores: frozenset[str]
    """The names of the namespace that functions in it bind."""
    patches: frozenset[str]
    """What functions in it set attributes of, by dotted names."""
    kinds: frozenset[int]
    """The identities of the notebook's classes that objects in it are of."""
    weight: float = 0.0
    """Seconds that it takes, told from the value alone: how busy the machine is may decide nothing."""

    @property
    def compared(self) -> bool:
        """Whether two of such looks that are equal mean that nothing is different."""
        return self.seen == "exact" or (self.seen == "opaque" and not self.unsteady)

    def differs(self, later: Look) -> bool:
        """Whether the same object is another now: also where only the class of something in it is."""
        return self.fingerprint != later.fingerprint or self.kinds != later.kinds


def look(
    value: Any,
    until: float,
    namespace: dict[str, Any] | None = None,
    secret: Callable[[str, Any], bool] | None = None,
    *,
    sample: bool = False,
    thin: float = _THIN,
) -> Look:
    """Looks at all of a value until the moment ``until`` (of `clock`), then for ``thin`` at parts.

    ``sample`` does the latter at once. No code of the user's is run, and nothing is raised.
    """
    if not sample:
        walk = Walk(until, False, namespace, secret)
        found = _see(walk, value)
        if found is not None:
            return _told(walk, found)
    walk = Walk(clock() + thin, True, namespace, secret)
    return _told(walk, _see(walk, value))


def _see(walk: Walk, value: Any) -> bytes | None:
    try:
        return walk.see(value)
    except (OutOfTime, RecursionError, MemoryError):
        return None
    except Exception:
        # What another thread changes meanwhile, or a library that keeps its values in another way.
        return None


def _told(walk: Walk, found: bytes | None) -> Look:
    if found is None:
        seen = "skipped"
    elif walk.opaque:
        seen = "opaque"
    else:
        seen = "sampled" if walk.sampled else "exact"
    return Look(
        fingerprint=None if found is None else digests.whole(found, walk.sampled).hex(),
        seen=seen,
        secret=walk.secret,
        unsteady=walk.unsteady,
        beyond=walk.beyond,
        partial=found is None or walk.sampled,
        members=frozenset(walk.members),
        ranges=tuple(walk.ranges),
        loads=frozenset(walk.names),
        stores=frozenset(walk.stores),
        patches=frozenset(walk.patches),
        kinds=frozenset(walk.kinds),
        weight=walk.weight,
    )
