"""Where in the user's code a library was called, and what the user calls its arguments."""

from __future__ import annotations

import linecache
import re
from types import FrameType
from typing import Any, NamedTuple

from ..taps import present


class Site(NamedTuple):
    """A call in the user's code: ``at`` tells calls of one line apart."""

    file: str
    line: int
    at: int

    @property
    def text(self) -> str:
        """The line itself; empty when it is not known."""
        return linecache.getline(self.file, self.line)


_SPLITS = (
    (re.compile(r"(?:^|_)(?:train|tr|trn|training)(?:$|_|\d)|train", re.I), "train"),
    (re.compile(r"(?:^|_)(?:va|val|valid|validation|dev)(?:$|_|\d)|valid", re.I), "val"),
    (re.compile(r"(?:^|_)(?:test|te|tst|holdout)(?:$|_|\d)|test", re.I), "test"),
)


class Callers:
    """Reads the user's frames and namespace; changes neither."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def site(self) -> Site | None:
        """The innermost call of a cell that led to the present call; None on other threads."""
        names = getattr(self._shell, "user_ns", None)
        frame = present()
        while frame is not None:
            if frame.f_globals is names:
                return Site(frame.f_code.co_filename, frame.f_lineno, frame.f_lasti)
            frame = frame.f_back
        return None

    def within(self, package: str, functions: frozenset[str], own: Any = None) -> bool:
        """Whether the present call comes from one of ``functions`` of a package, or from no cell at all.

        The methods of ``own`` do not count: ``fit_predict`` of a model calls its ``fit``.
        """
        names = getattr(self._shell, "user_ns", None)
        heard = present()
        caller = heard.f_back if heard is not None else None
        if caller is not None and caller.f_globals is names:
            return False
        # The caller decorates the function or, where a check of params is heard of, has it as a part.
        frame = caller.f_back if caller is not None else None
        while frame is not None:
            if frame.f_globals is names:
                return False
            named = frame.f_code.co_name in functions and _package(frame) == package
            if named and (own is None or frame.f_locals.get("self") is not own):
                return True
            frame = frame.f_back
        return True

    def caller(self) -> str:
        """The package that calls the function that is listened to, or makes the object: ``sklearn``, say.

        ``__main__`` is the notebook.
        """
        frame = present()
        # The function itself, and what decorates or overrides it.
        name = frame.f_code.co_name if frame is not None else ""
        while frame is not None and frame.f_code.co_name in (name, "__init__", "wrapper", "inner_f"):
            frame = frame.f_back
        return _package(frame) if frame is not None else ""

    def names_of(self, value: Any) -> list[str]:
        """The names of the notebook that are bound to this very object."""
        names = getattr(self._shell, "user_ns", None) or {}
        return [name for name, bound in list(names.items()) if bound is value and name[:1] != "_"]

    def names_of_wrapped(self, value: Any, kind: str, under: str) -> list[str]:
        """The names that are bound to the object itself, or to one of a ``kind`` that holds it ``under``."""
        names = getattr(self._shell, "user_ns", None) or {}
        holders = [
            name
            for name, bound in list(names.items())
            if name[:1] != "_"
            and type(bound).__name__.endswith(kind)
            and object.__getattribute__(bound, "__dict__").get(under) is value
        ]
        return [*self.names_of(value), *holders]

    def split_of(self, value: Any) -> str | None:
        """Which part of the data ``value`` is by its name: train, val or test; None when that is open."""
        return split_named(*self.names_of(value))


def _package(frame: FrameType) -> str:
    name = frame.f_globals.get("__name__")
    return name.partition(".")[0] if isinstance(name, str) else ""


def split_named(*names: str) -> str | None:
    """The part of the data that names speak of; None when they speak of none, or of more than one."""
    found = {split for name in names for pattern, split in _SPLITS if pattern.search(name)}
    return found.pop() if len(found) == 1 else None
