"""Puts the tracker into a kernel, and takes it out again.

The state lives on IPython's shell object, so that asking again costs next to nothing and a restarted kernel
knows nothing of the one before.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..secrets import patterns
from . import current, place
from .cells import Cells
from .options import Options
from .place import Place
from .recorder import Recorder
from .session import Session

_OFF_WORDS = frozenset({"off", "0", "no", "false"})
_ATTRIBUTE = "_backtrail"


class Attachment:
    """A tracker at work: ``shell`` is None in a script, where there are no cells to hear of."""

    def __init__(self, shell: Any, where: Place, options: Mapping[str, Any] | None = None) -> None:
        given = options or {}
        own = patterns(given.get("redact"), os.environ)
        self.recorder = Recorder(Session(where, threaded=shell is not None, redact=own), Options(given))
        self.cells = Cells(shell, self.recorder) if shell is not None else None
        self.named = where.notebook
        self._ended = False
        if self.cells is not None:
            self.cells.register()
        current.use(self.recorder)
        atexit.register(self._at_exit)

    def reply(self) -> dict[str, Any]:
        """What the one who attached is told."""
        if self.cells is not None:
            self.cells.settle()
        session = self.recorder.session
        run = self.recorder.stack[-1] if self.recorder.stack else None
        return {
            "state": "recording",
            "session": session.id,
            "directory": str(session.runs),
            "notebook": session.folder.name,
            "run": run
            and {
                "id": run.id,
                "number": run.number,
                "name": run.name,
                "status": run.status,
                "metrics": len(run.points),
            },
        }

    def end(self, reason: str, status: str | None = None) -> None:
        """Ends the session. May be called twice."""
        if self._ended:
            return
        self._ended = True
        began = time.monotonic()
        atexit.unregister(self._at_exit)
        if self.cells is not None:
            self.cells.unregister()
        if current.recorder() is self.recorder:
            current.use(None)
        self.recorder.end(reason, status, time.monotonic() - began)

    def _at_exit(self) -> None:
        # A child that was forked runs the parent's exit handlers too.
        if current.in_fork():
            return
        try:
            self.end("exit", None if self.cells is not None else _status_of_script())
        except BaseException:
            pass


_script: Attachment | None = None


def attach(options_json: str = "{}") -> str:
    """Attaches to the running kernel, or tells the state when it is attached already.

    ``options_json`` is an object with ``notebook``, ``capture``, ``directory``, ``version``, ``from_top`` and
    ``redact`` (patterns of what is withheld from the log), all of them optional, and whatever else `Options`
    are asked for. Never raises. Returns a JSON object with ``state`` (recording, off or failed), ``message``
    when it failed, and while it records ``session``, ``directory``, ``notebook`` and ``run``.
    """
    try:
        options = json.loads(options_json)
        reply = _attach(_shell(), options if isinstance(options, dict) else {})
    except BaseException as error:
        reply = _failed(error)
    return json.dumps(reply)


def new_run() -> str:
    """Opens a new run by hand, unless the open one has recorded nothing yet. Replies like `attach`."""
    try:
        attachment = _present(_shell())
        if attachment is None:
            return attach()
        recorder = attachment.recorder
        top = recorder.stack[-1] if recorder.stack else None
        if top is None or top.recorded:
            recorder.start_run(None, None).explicit = False
        reply = attachment.reply()
    except BaseException as error:
        reply = _failed(error)
    return json.dumps(reply)


def detach() -> None:
    """Stops recording: the open run and the session end, the hooks are taken out."""
    shell = _shell()
    attachment = _present(shell)
    if attachment is not None:
        attachment.end("detached")
    if hasattr(shell, _ATTRIBUTE):
        delattr(shell, _ATTRIBUTE)


def attach_by_itself() -> dict[str, Any]:
    """Attaches for a call of the user's that found no tracker: in the middle of a cell, or in a script."""
    global _script
    shell = _shell()
    if shell is None:
        if _switched_off():
            return {"state": "off"}
        try:
            _script = _script or Attachment(None, place.find("", "", None))
            return _script.reply()
        except OSError as error:
            return _failed(error)
    if hasattr(shell, _ATTRIBUTE) and _present(shell) is None:
        return {"state": "off"}
    was = _present(shell)
    reply = _attach_safely(shell)
    now = _present(shell)
    if was is None and now is not None and now.cells is not None:
        now.cells.adopt()
        reply = now.reply()
    return reply


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext backtrail``: the cell that says so is recorded too."""
    del shell
    reply = attach_by_itself()
    if reply["state"] == "failed":
        # The user asked by hand, so this is where the answer belongs.
        print(reply["message"], file=sys.stderr)


def unload_ipython_extension(shell: Any) -> None:
    """``%unload_ext backtrail``."""
    del shell
    detach()


def _attach(shell: Any, options: Mapping[str, Any]) -> dict[str, Any]:
    if shell is None:
        return {"state": "failed", "message": "Backtrail found no IPython kernel here to attach to."}
    attachment = _present(shell)
    if options.get("capture") is False or _switched_off():
        if attachment is not None:
            attachment.end("capture off")
        # Remembered, so that a call of the user's does not turn it on again.
        setattr(shell, _ATTRIBUTE, None)
        return {"state": "off"}
    notebook = options.get("notebook")
    notebook = notebook if isinstance(notebook, str) else ""
    if attachment is None:
        directory = options.get("directory")
        where = place.find(notebook, directory if isinstance(directory, str) else "", shell)
        attachment = Attachment(shell, where, options)
        setattr(shell, _ATTRIBUTE, attachment)
    else:
        if notebook:
            _follow_name(attachment, notebook)
        attachment.recorder.options.use(options)
        if "redact" in options:
            attachment.recorder.session.redact(patterns(options["redact"], os.environ))
    if options.get("from_top"):
        attachment.recorder.from_top()
    return attachment.reply()


def _attach_safely(shell: Any) -> dict[str, Any]:
    try:
        return _attach(shell, {})
    except Exception as error:
        return _failed(error)


def _follow_name(attachment: Attachment, notebook: str) -> None:
    path = Path(os.path.normpath(notebook)) if os.path.isabs(notebook) else place.resolve(notebook)
    if path != attachment.named:
        # The same file by another way, as through a link, has not moved.
        moved = os.path.realpath(path) != os.path.realpath(attachment.named)
        attachment.named = path
        if moved:
            attachment.recorder.session.renamed(path)


def _present(shell: Any) -> Attachment | None:
    found = getattr(shell, _ATTRIBUTE, None) if shell is not None else _script
    return found if found is not None and not current.in_fork() else None


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _switched_off() -> bool:
    return os.environ.get("BACKTRAIL", "").strip().lower() in _OFF_WORDS


def _status_of_script() -> str | None:
    """How a script ended, as far as Python tells: it keeps an exception that nobody caught."""
    error = getattr(sys, "last_value", None)
    if error is None:
        return None
    return "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"


def _failed(error: BaseException) -> dict[str, Any]:
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        named = f" ({error.filename})" if error.filename else ""
        message = f"Nothing is recorded, because the folder of runs cannot be written: {reason}{named}."
    else:
        message = f"Nothing is recorded, because Backtrail met a {type(error).__name__}: {error}."
    return {"state": "failed", "message": message}
