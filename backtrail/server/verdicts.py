"""Verdicts on runs: what a page found when it compared a replay with the record."""

from __future__ import annotations

from typing import Any

from backtrail.runlog.lines import Event

VERDICTS = frozenset({"identical", "within tolerance", "nondeterministic", "differs", "could not run"})

_FIELDS: dict[str, tuple[type, ...]] = {
    "says": (str,),
    "cell": (int, type(None)),
    "first": (dict, type(None)),
    "cause": (dict, type(None)),
    "compared": (dict,),
    "cells": (list,),
    "differs": (list,),
    "metrics": (list,),
    "tolerance": (int, float),
    "replays": (int,),
    "environment": (str,),
}


def verdict_of(body: Any) -> Event:
    """The event ``verify`` that a request's body asks for, with nothing in it that is not the event's.

    Raises:
        ValueError: it is no verdict; the message says what is wrong, in a sentence.
    """
    if not isinstance(body, dict) or body.get("verdict") not in VERDICTS:
        raise ValueError(
            "A verdict is one of identical, within tolerance, nondeterministic, differs, could not run."
        )
    wrong = [name for name, types in _FIELDS.items() if not isinstance(body.get(name, ...), types)]
    if wrong:
        raise ValueError(f"What a verdict says of {', '.join(wrong)} is missing, or not what it should be.")
    if body["verdict"] != "could not run" and not any(body["compared"].values()):
        raise ValueError("There is no verdict without a comparison.")
    return {"event": "verify", "verdict": body["verdict"], **{name: body[name] for name in _FIELDS}}
