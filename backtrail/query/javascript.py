"""Values as texts, as JavaScript writes them: a filter compares the same text everywhere."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

_PLAIN_FROM, _PLAIN_TO = -6, 21
"""Powers of ten between which a number is written without an exponent."""


def to_json(value: Any) -> str:
    """A value as ``JSON.stringify`` writes it: ``1e-7``, ``0.00001``, ``{"a":[1,null]}``."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, dict):
        return f"{{{','.join(f'{to_json(str(key))}:{to_json(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(to_json(inner) for inner in value)}]"
    return json.dumps(value, ensure_ascii=False, default=str)


def _number(value: float) -> str:
    value = float(value)
    if not math.isfinite(value):
        return "null"
    if value == 0:
        return "0"
    # Both write the fewest digits that tell a number from its neighbours; they differ in where the point is.
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    power = exponent + len(text)
    if _PLAIN_FROM < power <= _PLAIN_TO:
        if power <= 0:
            text = f"0.{'0' * -power}{text}"
        elif power >= len(text):
            text = text.ljust(power, "0")
        else:
            text = f"{text[:power]}.{text[power:]}"
    else:
        head = f"{text[0]}.{text[1:]}" if len(text) > 1 else text
        text = f"{head}e{power - 1:+d}"
    return f"-{text}" if sign else text
