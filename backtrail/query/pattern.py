"""Patterns: regular expressions as the command line and the panel read them, which are JavaScript's."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\u\{(?P<point>[0-9a-fA-F]+)\}|\\k<(?P<group>\w+)>|\\c(?P<control>[a-zA-Z])|\\(?P<letter>.)"
    r"|\(\?<(?![=!])|\(\?(?![:=!<])|\{[0-9]+(?:,[0-9]*)?\}|[*+?]\+|\[\^?|[\]{}$.]",
    re.S,
)
_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_"}
_NOT_CLASSES = {"D": "[^0-9]", "W": "[^A-Za-z0-9_]", "b": r"(?a:\b)", "B": r"(?a:\B)"}
_PLAIN = {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]", "(?<": "(?P<"}
_WRONG = frozenset(["(?", "{", "}", "]", "*+", "++", "?+"])
"""What has to stand behind a backslash in JavaScript, or means something in Python alone."""
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")


def compile_pattern(text: str) -> re.Pattern[str]:
    """Makes a pattern that finds what JavaScript's with the flags ``i`` and ``u`` finds.

    Raises:
        re.error: it cannot be understood. Properties such as ``\\p{L}`` cannot: Python does not have them.
    """
    in_class = False

    def translated(token: re.Match[str]) -> str:
        nonlocal in_class
        whole = token[0]
        if whole[0] == "\\":
            return _escaped(token, in_class)
        if in_class:
            in_class = whole != "]"
            # Python warns of a bracket in a class, where it may mean a set one day.
            return whole.replace("[", "\\[")
        in_class = whole[0] == "["
        if whole in _WRONG:
            raise re.error(f"{whole} is not understood here.")
        return _PLAIN.get(whole, whole)

    try:
        return re.compile(_TOKEN.sub(translated, text), re.I)
    except (ValueError, OverflowError, RecursionError) as error:
        raise re.error(str(error)) from None


def _escaped(token: re.Match[str], in_class: bool) -> str:
    if token["point"] is not None:
        return re.escape(chr(int(token["point"], 16)))
    if token["group"] is not None:
        return f"(?P={token['group']})"
    if token["control"] is not None:
        return re.escape(chr(ord(token["control"]) % 32))
    letter = token["letter"]
    if letter in _CLASSES:
        return _CLASSES[letter] if in_class else f"[{_CLASSES[letter]}]"
    if letter in _NOT_CLASSES and not in_class:
        return _NOT_CLASSES[letter]
    known = (letter.isascii() and letter.isalnum()) or letter in _SYNTAX or (in_class and letter == "-")
    if letter in "AZa" or not known:
        raise re.error(f"There is no {token[0]}.")
    return token[0]
