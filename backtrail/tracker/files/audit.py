"""Hears from Python which files are opened, renamed and removed, which programs are started, and so on.

Python takes no audit hook out again, so there is one, which does nothing while nobody listens.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any, Callable

Listener = Callable[[tuple[Any, ...]], None]

_words = str.split

# Modules that open files for others. Whoever called them is who opened the file.
_GO_BETWEEN = frozenset(
    _words("""
    codecs contextlib fnmatch genericpath glob gzip hashlib io json ntpath os pathlib pickle posixpath random
    shutil sqlite3 subprocess tempfile threading uuid zipfile
    """)
)
_FARTHEST = 16

# Modules that read sources for what is in them as sources.
_SHOWS = frozenset(
    _words("""
    bdb coverage debugpy doctest executing importlib inspect jedi linecache numba parso pdb pkgutil pydevd
    runpy stack_data tokenize torch traceback zipimport
    """)
)

_listeners: Mapping[str, Listener] = {}
_installed = False


def listen(listeners: Mapping[str, Listener]) -> None:
    """Tells ``listeners``, by the names of audit events, of the arguments of each event from now on."""
    global _listeners, _installed
    _listeners = listeners
    if not _installed:
        _installed = True
        sys.addaudithook(_hear)


def ignore() -> None:
    """Tells nobody any more."""
    global _listeners
    _listeners = {}


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    # Called tens of thousands of times while libraries are imported, for events that nobody listens to.
    if event not in _listeners:
        return
    try:
        _listeners[event](arguments)
    except KeyboardInterrupt:
        # The user's own, and the call is what it was meant for.
        raise
    except BaseException:
        # What is raised here would make the user's call fail.
        pass


def opener() -> FrameType | None:
    """The frame that caused the event that is being told of; None when it is one of Backtrail's."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code is not _hear.__code__:
        frame = frame.f_back
    first = found = frame.f_back if frame is not None else None
    for _ in range(_FARTHEST):
        if found is None:
            return first
        name = dict.get(found.f_globals, "__name__")
        if type(name) is not str:
            return found
        if name.startswith("backtrail."):
            return None
        if name.partition(".")[0] not in _GO_BETWEEN:
            return found
        found = found.f_back
    return first


def imports_or_shows(frame: FrameType) -> bool:
    """Whether a source file is opened to be imported, or to show lines of it, and not as a file of data."""
    if frame.f_code.co_filename.startswith("<frozen importlib"):
        return True
    name = dict.get(frame.f_globals, "__name__")
    return type(name) is str and name.partition(".")[0] in _SHOWS


if hasattr(os, "register_at_fork"):
    # What a forked worker does is not the notebook's, and it could write nothing down.
    os.register_at_fork(after_in_child=ignore)
