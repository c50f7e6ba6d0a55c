"""JSON in and out: orjson for its speed, the standard library for the few texts that orjson refuses."""

from __future__ import annotations

import json
from typing import Any

import orjson

from backtrail.runlog.lines import parse_json


def parse(data: bytes) -> Any:
    """A value from JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # A lone surrogate, which Python's strings may hold, is JSON but not Unicode.
        return parse_json(data)


def dumps(value: Any) -> bytes:
    """A value as JSON."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
