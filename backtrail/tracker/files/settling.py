"""Decides, when an execution has ended, which of the files it touched it read and which it wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable, NamedTuple, Optional

from ..run import Run
from . import identity
from .contents import Content
from .identity import Identity
from .noise import holds_secrets
from .touches import Touch

Data = tuple[tuple[str, Any], ...]
"""The fields of a ``dataset``, with their names."""


class Use(NamedTuple):
    """A file that was read (``event`` is input) or written (output); ``content`` where it is known."""

    event: str
    path: str
    run: Optional[Run]  # noqa: UP045 - evaluated at run time, on Python 3.9 too
    how: str
    kind: str
    identity: Optional[Identity]  # noqa: UP045
    content: Optional[Content] = None  # noqa: UP045
    data: Optional[Data] = None  # noqa: UP045


def settle(touches: Iterable[Touch], looked: Callable[[Touch, Identity], None]) -> Iterator[Use]:
    """What was read and written. ``looked`` is told how each written file stands now."""
    for touch in touches:
        now = identity.look(touch.path)
        changed = now.identity is not None and not now.identity.same(touch.first.identity)
        wrote = touch.wrote or (touch.maybe and changed)
        # A folder that is opened is going to be taken away, or asked about: what is in it is read by itself.
        if touch.read and touch.first.kind not in ("missing", "directory"):
            yield _input(touch, wrote)
        if not wrote:
            continue
        for content in _different(touch.contents):
            yield Use("output", touch.path, touch.run, touch.how, touch.kind, None, content)
        # What is gone by now was there for a moment only.
        if now.identity is not None and not touch.over:
            looked(touch, now.identity)
            secret = _secret(touch.path, now.identity)
            yield Use("output", touch.path, touch.run, touch.how, touch.kind, now.identity, secret)


def _input(touch: Touch, wrote: bool) -> Use:
    first = touch.first.identity
    content = touch.before
    if touch.first.kind != "file":
        content = Content(None, None, "it is no regular file")
    elif holds_secrets(touch.path):
        content = _secret(touch.path, first)
    elif wrote and (content is None or content.sha256 is None):
        size = first.size if first else None
        content = Content(None, size, "it was written over before its content could be read")
    data = tuple(touch.data.items()) if touch.data else None
    return Use("input", touch.path, touch.run, touch.how, touch.kind, first, content, data)


def _secret(path: str, now: Identity | None) -> Content | None:
    if not holds_secrets(path):
        return None
    return Content(None, now.size if now else None, "it is made to hold secrets")


def _different(contents: Iterable[Content]) -> Iterator[Content]:
    seen = set()
    for content in contents:
        if content.sha256 not in seen:
            seen.add(content.sha256)
            yield content
