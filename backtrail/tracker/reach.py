"""How the user's calls find the recorder, and what they say when there is none."""

from __future__ import annotations

from . import attach, current, workers
from .notices import say_once
from .recorder import Recorder


def reach() -> Recorder | None:
    """The recorder, attached now if it was not. None, after saying so once, when nothing is recorded."""
    found = current.recorder()
    if found is not None:
        return found
    if current.in_fork():
        say_once(workers.FORKED)
        return None
    excuse = workers.excuse()
    if excuse is not None:
        say_once(excuse)
        return None
    reply = attach.attach_by_itself()
    if reply["state"] == "recording":
        return current.recorder()
    if reply["state"] == "off":
        say_once(
            "Capture is off, so nothing that is logged is kept. Turn it on in the settings of Backtrail."
        )
    else:
        say_once(str(reply["message"]))
    return None
